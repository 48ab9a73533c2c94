import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import { api, once, unwrap } from '../core/api/client';
import type { CreateNetwork } from '../core/api/types';
import { FormModal } from '../core/form/FormModal';
import { SelectField, TextField } from '../core/form/fields';
import { nameError } from '../core/form/names';
import { HostChoice } from './HostChoice';
import { isComplete, NEW_NETWORK, networkRequest, vlanError, type NetworkDraft } from './networkDraft';

const KINDS: readonly { value: CreateNetwork['kind']; label: string }[] = [
  { value: 'NAT', label: "NAT: guests reach the outside by their host's address" },
  { value: 'BRIDGE', label: 'Bridge: guests are on a bridge that the hosts have' },
  { value: 'ISOLATED', label: 'Isolated: guests of one host reach each other' },
  { value: 'HOST', label: 'A libvirt network that the hosts have already' },
];
const FIELDS = ['name', 'kind', 'subnet', 'bridge', 'vlanId', 'hostNetwork', 'hostIds'];

interface PartProps {
  draft: NetworkDraft;
  edit: (part: Partial<NetworkDraft>) => void;
  errorOf: (field: string) => string | undefined;
}

function AddressFields({ draft, edit, errorOf }: PartProps) {
  return (
    <>
      <TextField
        id="network-subnet"
        label="Subnet"
        required={draft.kind === 'NAT'}
        mono
        value={draft.subnet}
        error={errorOf('subnet')}
        placeholder="192.168.50.0/24"
        hint="Its first address is the host's, and the guests' gateway."
        onChange={(subnet) => edit({ subnet })}
      />
      <FormGroup>
        <Checkbox
          id="network-dhcp"
          label="Give out addresses (DHCP)"
          isChecked={draft.dhcp}
          onChange={(_event, dhcp) => edit({ dhcp })}
        />
      </FormGroup>
    </>
  );
}

function BridgeFields({ draft, edit, errorOf }: PartProps) {
  return (
    <>
      <TextField
        id="network-bridge"
        label="Bridge"
        required
        mono
        value={draft.bridge}
        error={errorOf('bridge')}
        placeholder="br0"
        hint="As the hosts call it. A host that lacks it does not get the network."
        onChange={(bridge) => edit({ bridge })}
      />
      <TextField
        id="network-vlan"
        label="VLAN"
        value={draft.vlanId}
        error={vlanError(draft.vlanId) ?? errorOf('vlanId')}
        hint="1 to 4094. Empty: what is untagged on the bridge."
        onChange={(vlanId) => edit({ vlanId })}
      />
    </>
  );
}

function KindFields(props: PartProps) {
  const { draft, edit, errorOf } = props;
  switch (draft.kind) {
    case 'BRIDGE':
      return <BridgeFields {...props} />;
    case 'HOST':
      return (
        <TextField
          id="network-host-network"
          label="Name in libvirt"
          required
          mono
          value={draft.hostNetwork}
          error={errorOf('hostNetwork')}
          placeholder="default"
          onChange={(hostNetwork) => edit({ hostNetwork })}
        />
      );
    default:
      return <AddressFields {...props} />;
  }
}

/** Defines a network. */
export function CreateNetworkModal({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(NEW_NETWORK);
  const [key] = useState(() => crypto.randomUUID());
  const edit = (part: Partial<NetworkDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const submit = async (): Promise<void> => {
    await unwrap(api.POST('/networks', { params: { header: once(key) }, body: networkRequest(draft) }));
  };
  return (
    <FormModal
      title="Create network"
      submitLabel="Create"
      ready={nameError(draft.name) === undefined && isComplete(draft)}
      fields={FIELDS}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="network-name"
            label="Name"
            required
            value={draft.name}
            error={(draft.name === '' ? undefined : nameError(draft.name)) ?? errorOf('name')}
            hint="It cannot be changed later."
            onChange={(name) => edit({ name })}
          />
          <SelectField
            id="network-kind"
            label="Type"
            required
            value={draft.kind}
            error={errorOf('kind')}
            choices={KINDS}
            onChange={(kind) => edit({ kind: kind as NetworkDraft['kind'] })}
          />
          <KindFields draft={draft} edit={edit} errorOf={errorOf} />
          <FormGroup>
            <Checkbox
              id="network-protection"
              label="Drop packets with false addresses"
              description="Guests cannot send with the MAC or IPv4 address of others. IPv6 is dropped too."
              isChecked={draft.spoofProtection}
              onChange={(_event, spoofProtection) => edit({ spoofProtection })}
            />
          </FormGroup>
          <HostChoice value={draft.hostIds} onChange={(hostIds) => edit({ hostIds })} />
        </>
      )}
    </FormModal>
  );
}
