import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { RequestKeys } from '../../core/api/requestKeys';
import type { UnmanagedVm } from '../../core/api/types';
import { TextField } from '../../core/form/fields';
import { FormModal } from '../../core/form/FormModal';
import { nameError } from '../../core/form/names';
import { useAdoptions } from './adoptions';
import { isOff } from './domains';
import { suggestion, takenError } from './names';
import { OrganisationFields } from './OrganisationFields';
import { useTaken } from './useTaken';
import { adopt, isFine, NO_ORGANISATION } from './wish';

function Happening({ vm }: { vm: UnmanagedVm }) {
  return (
    <p>
      {isOff(vm) ? 'It stays off. ' : 'It runs on, without a restart. '}
      Its disks stay where they are; each file gets a second name in a pool, and loses its former one when the virtual
      machine has been off.
      {!isOff(vm) && ' Until its next start there is no console, snapshot, clone or migration of it.'}
    </p>
  );
}

export function AdoptVmModal({ target: vm, onClose }: ActionDialogProps<UnmanagedVm>) {
  const [name, setName] = useState(suggestion(vm.name));
  const [organisation, setOrganisation] = useState(NO_ORGANISATION);
  const [keys] = useState(() => new RequestKeys());
  const { isTaken, known } = useTaken([name]);
  const { onBegun } = useAdoptions();
  const wrong = nameError(name) ?? (isTaken(name) ? takenError(name) : undefined);
  const submit = async (): Promise<void> => onBegun(vm, (await adopt(keys, vm, name, organisation)).taskId);
  return (
    <FormModal
      title={`Adopt ${vm.name}`}
      submitLabel="Adopt"
      ready={wrong === undefined && known && isFine(organisation)}
      fields={['name', 'folder', 'labels']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <Happening vm={vm} />
          <TextField
            id="adopt-vm-name"
            label="Name"
            required
            value={name}
            error={wrong ?? errorOf('name')}
            onChange={setName}
          />
          <OrganisationFields value={organisation} errorOf={errorOf} onChange={setOrganisation} />
        </>
      )}
    </FormModal>
  );
}
