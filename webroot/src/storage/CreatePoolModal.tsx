import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import { FormModal } from '../core/form/FormModal';
import { TextField } from '../core/form/fields';
import { nameError } from '../core/form/names';
import { useList } from '../core/live/collection';
import { hosts } from '../hosts/hosts';
import { poolCreation } from './creations';

/** A directory of the hosts as a pool; the server tries it on each host before it keeps it. */
export function CreatePoolModal({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [path, setPath] = useState('');
  const [hostIds, setHostIds] = useState<readonly string[]>([]);
  const [creation] = useState(poolCreation);
  const hostList = useList(hosts).data ?? [];
  const pathError = path === '' || path.startsWith('/') ? undefined : 'An absolute path, beginning with /.';
  const ready = nameError(name) === undefined && path.length > 1 && pathError === undefined;

  const toggle = (id: string, checked: boolean): void =>
    setHostIds((chosen) => (checked ? [...chosen, id] : chosen.filter((other) => other !== id)));
  const submit = async (): Promise<void> => {
    await creation.make({ name, driver: 'local', settings: { path }, hostIds: [...hostIds] });
  };
  return (
    <FormModal
      title="Create pool"
      submitLabel="Create pool"
      ready={ready}
      fields={['name', 'settings.path', 'hostIds']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="pool-name"
            label="Name"
            required
            value={name}
            error={(name === '' ? undefined : nameError(name)) ?? errorOf('name')}
            onChange={setName}
          />
          <TextField
            id="pool-path"
            label="Directory"
            required
            mono
            value={path}
            error={pathError ?? errorOf('settings.path')}
            hint="An absolute path on the hosts, as in /srv/vms."
            onChange={setPath}
          />
          <FormGroup label="Hosts" role="group" fieldId="pool-hosts" isStack>
            <p className="lqx-subtle">None chosen: every host.</p>
            {hostList.map((host) => (
              <Checkbox
                key={host.id}
                id={`pool-host-${host.id}`}
                label={host.name}
                isChecked={hostIds.includes(host.id)}
                onChange={(_event, checked) => toggle(host.id, checked)}
              />
            ))}
          </FormGroup>
        </>
      )}
    </FormModal>
  );
}
