import type { CreateVm } from '../../core/api/types';
import { words } from './words';

type Addresses = NonNullable<NonNullable<CreateVm['cloudInit']>['networks']>[number];
type Found = Record<string, string | undefined>;

const IP = /^[0-9A-Fa-f.:]+$/;
const V4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const V4_WITH_PREFIX = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;
const V6_WITH_PREFIX = /^[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*\/\d{1,3}$/;
const DOMAIN = /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?)*$/;

/** The addresses that cloud-init gives to a card, as they are typed. */
export interface CardAddresses {
  v4: 'dhcp' | 'static' | 'none';
  /** One field each, of which the first is needed; those left empty are not sent. */
  addresses4: readonly string[];
  gateway4: string;
  /** "auto": what routers announce. */
  v6: 'auto' | 'dhcp' | 'static';
  addresses6: readonly string[];
  gateway6: string;
  nameServers: string;
  searchDomains: string;
  mtu: string;
}

export const PLAIN_ADDRESSES: CardAddresses = {
  v4: 'dhcp',
  addresses4: [''],
  gateway4: '',
  v6: 'auto',
  addresses6: [''],
  gateway6: '',
  nameServers: '',
  searchDomains: '',
  mtu: '',
};

/** Of one card, of both versions together. */
export const MOST_ADDRESSES = 16;

type Version = 4 | 6;
export const listOf = (version: Version): 'addresses4' | 'addresses6' => (version === 4 ? 'addresses4' : 'addresses6');
const isStatic = (typed: CardAddresses, version: Version): boolean =>
  (version === 4 ? typed.v4 : typed.v6) === 'static';

/** Every field of an address that is shown. */
export const shownAddresses = (typed: CardAddresses): readonly { field: string; text: string; version: Version }[] =>
  ([4, 6] as const)
    .filter((version) => isStatic(typed, version))
    .flatMap((version) =>
      typed[listOf(version)].map((text, i) => ({ field: `${listOf(version)}[${i}]`, text: text.trim(), version })),
    );

/** Those that are sent, in the order in which they are. */
const filled = (typed: CardAddresses) => shownAddresses(typed).filter(({ text }) => text !== '');

const said = (name: string, typed: string) => (typed.trim() === '' ? {} : { [name]: typed.trim() });
const list = (name: string, typed: string) => (words(typed).length === 0 ? {} : { [name]: words(typed) });

/** Undefined where the card asks DHCP, as it does by itself. */
function addressesRequest(nic: number, typed: CardAddresses): Addresses | undefined {
  const addresses = filled(typed).map(({ text }) => text);
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

/** As it would be typed: the reverse of what is sent. */
export function addressesOf(sent: Addresses | undefined): CardAddresses {
  if (!sent) return PLAIN_ADDRESSES;
  const addresses6 = (sent.addresses ?? []).filter((address) => address.includes(':'));
  const addresses4 = (sent.addresses ?? []).filter((address) => !address.includes(':'));
  const asks4 = sent.dhcp4 ?? (sent.addresses ?? []).length === 0;
  return {
    v4: addresses4.length > 0 ? 'static' : asks4 ? 'dhcp' : 'none',
    addresses4: addresses4.length > 0 ? addresses4 : [''],
    gateway4: sent.gateway4 ?? '',
    v6: addresses6.length > 0 ? 'static' : sent.dhcp6 ? 'dhcp' : 'auto',
    addresses6: addresses6.length > 0 ? addresses6 : [''],
    gateway6: sent.gateway6 ?? '',
    nameServers: (sent.nameServers ?? []).join(' '),
    searchDomains: (sent.searchDomains ?? []).join(' '),
    mtu: sent.mtu === undefined ? '' : String(sent.mtu),
  };
}

interface WithAddresses {
  addresses: CardAddresses;
}

/** Of all cards of which something has to be said. */
export const allAddresses = (cards: readonly WithAddresses[]): Addresses[] =>
  cards.map(({ addresses }, nic) => addressesRequest(nic, addresses)).filter((one) => one !== undefined);

const unless = (isRight: boolean, message: string): string | undefined => (isRight ? undefined : message);

const NOT_AN_ADDRESS = {
  4: 'An address with its prefix, as in 192.0.2.10/24.',
  6: 'An address with its prefix, as in 2001:db8::10/64.',
} as const;

function fieldErrors(typed: CardAddresses, at: string): Found {
  return Object.fromEntries(
    shownAddresses(typed).map(({ field, text, version }) => {
      const isRight = (version === 4 ? V4_WITH_PREFIX : V6_WITH_PREFIX).test(text);
      const isLeftEmpty = text === '' && !field.endsWith('[0]');
      return [`${at}.${field}`, unless(isRight || isLeftEmpty, NOT_AN_ADDRESS[version])];
    }),
  );
}

function gatewayErrors(typed: CardAddresses, at: string): Found {
  const [gateway4, gateway6] = [typed.gateway4.trim(), typed.gateway6.trim()];
  const isV6 = IP.test(gateway6) && gateway6.includes(':');
  return {
    ...(isStatic(typed, 4)
      ? { [`${at}.gateway4`]: unless(gateway4 === '' || V4.test(gateway4), 'Not an IPv4 address.') }
      : {}),
    ...(isStatic(typed, 6) ? { [`${at}.gateway6`]: unless(gateway6 === '' || isV6, 'Not an IPv6 address.') } : {}),
  };
}

function addressErrors(typed: CardAddresses, at: string): Found {
  const badServer = words(typed.nameServers).find((server) => !IP.test(server));
  const badDomain = words(typed.searchDomains).find((domain) => !DOMAIN.test(domain));
  const mtu = typed.mtu.trim();
  return {
    ...fieldErrors(typed, at),
    ...gatewayErrors(typed, at),
    [`${at}.nameServers`]: badServer && `${badServer} is not an IP address.`,
    [`${at}.searchDomains`]: badDomain && `${badDomain} is not a domain.`,
    [`${at}.mtu`]: unless(mtu === '' || /^\d{3,5}$/.test(mtu), 'A number from 576 up, or nothing.'),
  };
}

export const allAddressErrors = (cards: readonly WithAddresses[]): Found =>
  Object.assign({}, ...cards.map(({ addresses }, i) => addressErrors(addresses, `addresses[${i}]`))) as Found;

/** The form's field of what the server says of a card's addresses; undefined for what is of none. */
export function addressField(cards: readonly WithAddresses[], path: string): string | undefined {
  const found = /^cloudInit\.networks\[(\d+)\](?:\.(\w+)(?:\[(\d+)\])?)?/.exec(path);
  const sent = found && allAddresses(cards)[Number(found[1])];
  const card = sent && cards[sent.nic];
  if (!found || !card) return undefined;
  const at = `addresses[${sent.nic}]`;
  const member = found[2] ?? 'addresses';
  if (member !== 'addresses') return `${at}.${member === 'nic' || member.startsWith('dhcp') ? 'v4' : member}`;
  return `${at}.${filled(card.addresses)[Number(found[3] ?? 0)]?.field ?? 'v4'}`;
}
