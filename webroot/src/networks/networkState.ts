import type { Network, NetworkOnHost } from '../core/api/types';
import type { Choice } from '../core/form/fields';
import type { Tone } from '../core/layout/StateLabel';

interface Badge {
  text: string;
  tone: Tone;
}

const STATES: Record<Network['state'], Badge> = {
  PENDING: { text: 'Being made', tone: 'info' },
  READY: { text: 'Ready', tone: 'success' },
  DEGRADED: { text: 'Degraded', tone: 'warning' },
  FAILED: { text: 'Unavailable', tone: 'danger' },
  DELETING: { text: 'Being deleted', tone: 'info' },
};

const HOST_STATES: Record<NetworkOnHost['state'], Badge> = {
  PENDING: { text: 'Not made yet', tone: 'info' },
  READY: { text: 'Ready', tone: 'success' },
  FAILED: { text: 'Unavailable', tone: 'danger' },
};

export const KINDS: Record<Network['kind'], string> = {
  NAT: 'NAT',
  ISOLATED: 'Isolated',
  BRIDGE: 'Bridge',
  HOST: 'Of the hosts',
};

export const networkState = ({ state }: Pick<Network, 'state'>): Badge => STATES[state];

export const onHostState = ({ state }: Pick<NetworkOnHost, 'state'>): Badge => HOST_STATES[state];

/** Where its packets go, in a few words. */
export function networkPlace(network: Network): string {
  switch (network.kind) {
    case 'BRIDGE':
      return network.vlanId === undefined ? (network.bridge ?? '') : `${network.bridge ?? ''}, VLAN ${network.vlanId}`;
    case 'HOST':
      return `libvirt: ${network.hostNetwork ?? ''}`;
    default:
      return network.subnet ?? 'no addresses';
  }
}

/** Why no card can be put on it now, on any host or on this one; undefined where one can. */
export function whyUnusable(network: Network, hostId?: string): string | undefined {
  if (network.state === 'DELETING') return 'being deleted';
  const here = hostId === undefined ? network.hosts : network.hosts.filter((host) => host.hostId === hostId);
  if (here.some(({ state }) => state === 'READY')) return undefined;
  if (here.length === 0 && hostId !== undefined) return 'not on that host';
  return here.find(({ problem }) => problem !== undefined)?.problem ?? 'on no host yet';
}

/** The networks to choose from, those that cannot be used with the reason. */
export function networkChoices(networks: readonly Network[], hostId?: string): Choice[] {
  return networks.map((network) => {
    const reason = whyUnusable(network, hostId);
    const label = `${network.name} (${KINDS[network.kind]})`;
    return { value: network.name, label: reason ? `${label}: ${reason}` : label, disabled: reason !== undefined };
  });
}
