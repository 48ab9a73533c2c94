import type { CreateNetwork } from '../core/api/types';

/** What was typed of a new network; of each type its own fields count. */
export interface NetworkDraft {
  name: string;
  kind: CreateNetwork['kind'];
  subnet: string;
  dhcp: boolean;
  bridge: string;
  vlanId: string;
  hostNetwork: string;
  spoofProtection: boolean;
  hostIds: readonly string[];
}

export const NEW_NETWORK: NetworkDraft = {
  name: '',
  kind: 'NAT',
  subnet: '',
  dhcp: true,
  bridge: '',
  vlanId: '',
  hostNetwork: '',
  spoofProtection: true,
  hostIds: [],
};

/** What is wrong with the VLAN; undefined when nothing is. */
export function vlanError(vlanId: string): string | undefined {
  const text = vlanId.trim();
  if (text === '') return undefined;
  const number = Number(text);
  return /^\d+$/.test(text) && number >= 1 && number <= 4094 ? undefined : 'A VLAN is 1 to 4094.';
}

/** Whether what the type needs is there. */
export function isComplete(draft: NetworkDraft): boolean {
  switch (draft.kind) {
    case 'NAT':
      return draft.subnet.trim() !== '';
    case 'ISOLATED':
      return true;
    case 'BRIDGE':
      return draft.bridge.trim() !== '' && vlanError(draft.vlanId) === undefined;
    case 'HOST':
      return draft.hostNetwork.trim() !== '';
  }
}

function settings(draft: NetworkDraft): Partial<CreateNetwork> {
  const vlanId = draft.vlanId.trim();
  const subnet = draft.subnet.trim();
  switch (draft.kind) {
    case 'BRIDGE':
      return { bridge: draft.bridge.trim(), ...(vlanId === '' ? {} : { vlanId: Number(vlanId) }) };
    case 'HOST':
      return { hostNetwork: draft.hostNetwork.trim() };
    default:
      return subnet === '' ? {} : { subnet, dhcp: draft.dhcp };
  }
}

export function networkRequest(draft: NetworkDraft): CreateNetwork {
  return {
    name: draft.name,
    kind: draft.kind,
    dhcp: true,
    spoofProtection: draft.spoofProtection,
    hostIds: [...draft.hostIds],
    ...settings(draft),
  };
}
