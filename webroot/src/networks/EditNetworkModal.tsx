import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../core/actions/action';
import { api, ifUnchanged, unwrap } from '../core/api/client';
import type { Network } from '../core/api/types';
import { FormModal } from '../core/form/FormModal';
import { TextField } from '../core/form/fields';
import { HostChoice } from './HostChoice';

/** Changes what can be changed of a network. */
export function EditNetworkModal({ target: network, onClose }: ActionDialogProps<Network>) {
  const [before] = useState(network);
  const [description, setDescription] = useState(network.description);
  const [spoofProtection, setSpoofProtection] = useState(network.spoofProtection);
  const [hostIds, setHostIds] = useState<readonly string[]>(
    network.allHosts ? [] : network.hosts.map(({ hostId }) => hostId),
  );
  const save = async (): Promise<void> => {
    const params = { path: { networkId: before.id }, header: ifUnchanged(before) };
    await unwrap(
      api.PATCH('/networks/{networkId}', { params, body: { description, spoofProtection, hostIds: [...hostIds] } }),
    );
  };
  return (
    <FormModal
      title={`Edit ${before.name}`}
      submitLabel="Save"
      ready
      fields={['description', 'hostIds']}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="network-description"
            label="Description"
            rows={2}
            value={description}
            error={errorOf('description')}
            onChange={setDescription}
          />
          <FormGroup>
            <Checkbox
              id="network-protection"
              label="Drop packets with false addresses"
              description="In force for a card when its VM starts next, or when the card is changed."
              isChecked={spoofProtection}
              onChange={(_event, on) => setSpoofProtection(on)}
            />
          </FormGroup>
          <HostChoice value={hostIds} onChange={setHostIds} />
        </>
      )}
    </FormModal>
  );
}
