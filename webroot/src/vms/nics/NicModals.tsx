import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import type { Vm, VmNic } from '../../core/api/types';
import { FormModal } from '../../core/form/FormModal';
import { SelectField, TextField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import { networkChoices } from '../../networks/networkState';
import { networks } from '../../networks/networks';
import { limitError, nicChanges, nicDraft, nicRequest, type NicDraft } from './nicDraft';

const FIELDS = ['network', 'inboundBytesPerSecond', 'outboundBytesPerSecond'];

interface PartProps {
  vm: Vm;
  draft: NicDraft;
  edit: (part: Partial<NicDraft>) => void;
  errorOf: (field: string) => string | undefined;
}

function NicFields({ vm, draft, edit, errorOf }: PartProps) {
  const choices = networkChoices(useList(networks).data ?? [], vm.hostId);
  const limits = [
    { id: 'nic-inbound', label: 'Most to the guest (KiB/s)', field: 'inbound' },
    { id: 'nic-outbound', label: 'Most from the guest (KiB/s)', field: 'outbound' },
  ] as const;
  return (
    <>
      <SelectField
        id="nic-network"
        label="Network"
        required
        value={draft.network}
        error={errorOf('network')}
        choices={[{ value: '', label: 'Choose a network', disabled: true }, ...choices]}
        onChange={(network) => edit({ network })}
      />
      <FormGroup>
        <Checkbox
          id="nic-link-up"
          label="Its cable is plugged in"
          isChecked={draft.linkUp}
          onChange={(_event, linkUp) => edit({ linkUp })}
        />
      </FormGroup>
      {limits.map(({ id, label, field }) => (
        <TextField
          key={field}
          id={id}
          label={label}
          value={draft[field]}
          error={limitError(draft[field]) ?? errorOf(`${field}BytesPerSecond`)}
          hint="Empty: no limit."
          onChange={(text) => edit({ [field]: text })}
        />
      ))}
      <FormGroup>
        <Checkbox
          id="nic-spoofing"
          label="The guest may send with others' addresses"
          description="For routers and the like, whatever the network says."
          isChecked={draft.allowSpoofing}
          onChange={(_event, allowSpoofing) => edit({ allowSpoofing })}
        />
      </FormGroup>
    </>
  );
}

const isReady = (draft: NicDraft): boolean =>
  draft.network !== '' && limitError(draft.inbound) === undefined && limitError(draft.outbound) === undefined;

/** Gives a VM one network card more. */
export function AddNicModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const [draft, setDraft] = useState(() => nicDraft(undefined));
  const [key] = useState(() => crypto.randomUUID());
  const submit = async (): Promise<void> => {
    const params = { path: { vmId: vm.id }, header: once(key) };
    await unwrap(api.POST('/vms/{vmId}/nics', { params, body: nicRequest(draft) }));
  };
  return (
    <FormModal
      title={`Add a network card to ${vm.name}`}
      submitLabel="Add"
      ready={isReady(draft)}
      fields={FIELDS}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <NicFields vm={vm} draft={draft} errorOf={errorOf} edit={(part) => setDraft((now) => ({ ...now, ...part }))} />
      )}
    </FormModal>
  );
}

/** Changes a network card, also while the guest runs. */
export function EditNicModal({ target: { vm, nic }, onClose }: ActionDialogProps<{ vm: Vm; nic: VmNic }>) {
  const [before] = useState(() => nicDraft(nic));
  const [draft, setDraft] = useState(before);
  const changes = nicChanges(before, draft);
  const submit = async (): Promise<void> => {
    const params = { path: { vmId: vm.id, mac: nic.mac }, header: once() };
    await unwrap(api.PATCH('/vms/{vmId}/nics/{mac}', { params, body: changes }));
  };
  return (
    <FormModal
      title={`Edit the network card ${nic.mac}`}
      submitLabel="Save"
      ready={isReady(draft) && Object.keys(changes).length > 0}
      fields={FIELDS}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <NicFields vm={vm} draft={draft} errorOf={errorOf} edit={(part) => setDraft((now) => ({ ...now, ...part }))} />
      )}
    </FormModal>
  );
}
