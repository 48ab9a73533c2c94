import type { CreateVm } from '../../core/api/types';
import { addressField, PLAIN_ADDRESSES, type CardAddresses } from './addresses';

type NicSpec = NonNullable<CreateVm['nics']>[number];
type Found = Record<string, string | undefined>;

const KIB = 1024;
const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i;
const KIB_LIMIT = /^[1-9]\d{0,9}$/;

/** A network card, as it is typed; limits in KiB per second, empty for none. */
export interface Card {
  network: string;
  model: 'virtio' | 'e1000e';
  /** Empty: one of the platform's. */
  mac: string;
  linkUp: boolean;
  inbound: string;
  outbound: string;
  allowSpoofing: boolean;
  addresses: CardAddresses;
}

export const PLAIN_CARD: Card = {
  network: 'default',
  model: 'virtio',
  mac: '',
  linkUp: true,
  inbound: '',
  outbound: '',
  allowSpoofing: false,
  addresses: PLAIN_ADDRESSES,
};

export const MOST_CARDS = 8;

const kib = (name: string, typed: string) => (typed.trim() === '' ? {} : { [name]: Number(typed.trim()) * KIB });

export function cardRequest(card: Card): NicSpec {
  return {
    network: card.network,
    ...(card.mac.trim() === '' ? {} : { mac: card.mac.trim() }),
    ...(card.model === 'virtio' ? {} : { model: card.model }),
    ...(card.linkUp ? {} : { linkUp: false }),
    ...kib('inboundBytesPerSecond', card.inbound),
    ...kib('outboundBytesPerSecond', card.outbound),
    ...(card.allowSpoofing ? { allowSpoofing: true } : {}),
  };
}

export function cardErrors(cards: readonly Card[]): Found {
  const limit = (typed: string) =>
    typed.trim() === '' || KIB_LIMIT.test(typed.trim()) ? undefined : 'A whole number of KiB per second, or nothing.';
  return Object.assign(
    {},
    ...cards.map(({ mac, inbound, outbound }, i) => ({
      [`nics[${i}].mac`]:
        mac.trim() === '' || MAC.test(mac.trim()) ? undefined : 'Six pairs of digits, as in 52:54:00:12:34:56.',
      [`nics[${i}].inboundBytesPerSecond`]: limit(inbound),
      [`nics[${i}].outboundBytesPerSecond`]: limit(outbound),
    })),
  ) as Found;
}

/** The form's field of what the server says of a card or of its addresses; undefined for what is of neither. */
export function cardField(cards: readonly Card[], path: string): string | undefined {
  const nic = /^nics\[(\d+)\](?:\.(\w+))?/.exec(path);
  return nic ? `nics[${nic[1]}].${nic[2] ?? 'network'}` : addressField(cards, path);
}
