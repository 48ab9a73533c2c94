import type { CreateVm } from '../../core/api/types';
import { words } from './words';

type NicSpec = NonNullable<CreateVm['nics']>[number];
type Addresses = NonNullable<NonNullable<CreateVm['cloudInit']>['networks']>[number];
type Found = Record<string, string | undefined>;

const KIB = 1024;
const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i;
const KIB_LIMIT = /^[1-9]\d{0,9}$/;
const IP = /^[0-9A-Fa-f.:]+$/;
const V4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const V4_WITH_PREFIX = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;
const V6_WITH_PREFIX = /^[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*\/\d{1,3}$/;
const DOMAIN = /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?)*$/;

/** The addresses that cloud-init gives to a card, as they are typed. */
export interface CardAddresses {
  v4: 'dhcp' | 'static' | 'none';
  address4: string;
  gateway4: string;
  /** "auto": what routers announce. */
  v6: 'auto' | 'dhcp' | 'static';
  address6: string;
  gateway6: string;
  nameServers: string;
  searchDomains: string;
  mtu: string;
}

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

export const PLAIN_ADDRESSES: CardAddresses = {
  v4: 'dhcp',
  address4: '',
  gateway4: '',
  v6: 'auto',
  address6: '',
  gateway6: '',
  nameServers: '',
  searchDomains: '',
  mtu: '',
};

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

const said = (name: string, typed: string) => (typed.trim() === '' ? {} : { [name]: typed.trim() });
const list = (name: string, typed: string) => (words(typed).length === 0 ? {} : { [name]: words(typed) });

/** Undefined where the card asks DHCP, as it does by itself. */
function addressesRequest(nic: number, typed: CardAddresses): Addresses | undefined {
  const addresses = [
    ...(typed.v4 === 'static' ? [typed.address4.trim()] : []),
    ...(typed.v6 === 'static' ? [typed.address6.trim()] : []),
  ];
  const wish = {
    ...(typed.v4 === 'none' ? { dhcp4: false } : {}),
    ...(typed.v4 === 'dhcp' && addresses.length > 0 ? { dhcp4: true } : {}),
    ...(typed.v6 === 'dhcp' ? { dhcp6: true } : {}),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(typed.v4 === 'static' ? said('gateway4', typed.gateway4) : {}),
    ...(typed.v6 === 'static' ? said('gateway6', typed.gateway6) : {}),
    ...list('nameServers', typed.nameServers),
    ...list('searchDomains', typed.searchDomains),
    ...(typed.mtu.trim() === '' ? {} : { mtu: Number(typed.mtu.trim()) }),
  };
  return Object.keys(wish).length === 0 ? undefined : { nic, ...wish };
}

/** Of all cards of which something has to be said. */
export const allAddresses = (cards: readonly Card[]): Addresses[] =>
  cards.map(({ addresses }, nic) => addressesRequest(nic, addresses)).filter((one) => one !== undefined);

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

const unless = (isRight: boolean, message: string): string | undefined => (isRight ? undefined : message);

function addressErrors(typed: CardAddresses, at: string): Found {
  const badServer = words(typed.nameServers).find((server) => !IP.test(server));
  const badDomain = words(typed.searchDomains).find((domain) => !DOMAIN.test(domain));
  const [gateway4, gateway6, mtu] = [typed.gateway4.trim(), typed.gateway6.trim(), typed.mtu.trim()];
  return {
    ...(typed.v4 === 'static'
      ? {
          [`${at}.address4`]: unless(
            V4_WITH_PREFIX.test(typed.address4.trim()),
            'An address with its prefix, as in 192.0.2.10/24.',
          ),
          [`${at}.gateway4`]: unless(gateway4 === '' || V4.test(gateway4), 'Not an IPv4 address.'),
        }
      : {}),
    ...(typed.v6 === 'static'
      ? {
          [`${at}.address6`]: unless(
            V6_WITH_PREFIX.test(typed.address6.trim()),
            'An address with its prefix, as in 2001:db8::10/64.',
          ),
          [`${at}.gateway6`]: unless(
            gateway6 === '' || (IP.test(gateway6) && gateway6.includes(':')),
            'Not an IPv6 address.',
          ),
        }
      : {}),
    [`${at}.nameServers`]: badServer && `${badServer} is not an IP address.`,
    [`${at}.searchDomains`]: badDomain && `${badDomain} is not a domain.`,
    [`${at}.mtu`]: unless(mtu === '' || /^\d{3,5}$/.test(mtu), 'A number from 576 up, or nothing.'),
  };
}

export const allAddressErrors = (cards: readonly Card[]): Found =>
  Object.assign({}, ...cards.map(({ addresses }, i) => addressErrors(addresses, `addresses[${i}]`))) as Found;

/** The form's field of what the server says of a card or of its addresses; undefined for what is of neither. */
export function cardField(cards: readonly Card[], path: string): string | undefined {
  const nic = /^nics\[(\d+)\](?:\.(\w+))?/.exec(path);
  if (nic) return `nics[${nic[1]}].${nic[2] ?? 'network'}`;
  const found = /^cloudInit\.networks\[(\d+)\](?:\.(\w+)(?:\[(\d+)\])?)?/.exec(path);
  const sent = found && allAddresses(cards)[Number(found[1])];
  if (!found || !sent) return undefined;
  const at = `addresses[${sent.nic}]`;
  const member = found[2] ?? 'addresses';
  if (member !== 'addresses') return `${at}.${member === 'nic' || member.startsWith('dhcp') ? 'v4' : member}`;
  const said = sent.addresses?.[Number(found[3] ?? 0)];
  if (said === undefined) return `${at}.v4`;
  return `${at}.${said.includes(':') ? 'address6' : 'address4'}`;
}
