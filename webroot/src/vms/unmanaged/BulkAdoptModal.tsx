import { Form } from '@patternfly/react-core';
import { useState } from 'react';
import { AVAILABLE, unavailable, type Availability } from '../../core/actions/action';
import { messageOf } from '../../core/api/problem';
import { RequestKeys } from '../../core/api/requestKeys';
import type { UnmanagedVm } from '../../core/api/types';
import { TextField } from '../../core/form/fields';
import { BulkDialog } from '../bulk/BulkDialog';
import { useAdoptions } from './adoptions';
import { fullName, isOff, keyOf } from './domains';
import { nameErrors, suggestions } from './names';
import { OrganisationFields } from './OrganisationFields';
import { useTaken } from './useTaken';
import { adopt, isFine, NO_ORGANISATION } from './wish';

interface Props {
  selected: readonly UnmanagedVm[];
  onClose: () => void;
}

function Happening({ able }: { able: readonly UnmanagedVm[] }) {
  const running = able.filter((vm) => !isOff(vm)).length;
  return (
    <p>
      {running > 0 && `${running === 1 ? '1 of them runs' : `${running} of them run`} on, without a restart. `}
      Their disks stay where they are; each file gets a second name in a pool, and loses its former one when its virtual
      machine has been off.
      {running > 0 &&
        ' Until the next start of those that run there is no console, snapshot, clone or migration of them.'}
    </p>
  );
}

/** Of copies of one domain only the first can be a VM: the id is the VM's, too. */
function copyOf(vm: UnmanagedVm, selected: readonly UnmanagedVm[]): Availability {
  const first = selected.find(({ uuid }) => uuid === vm.uuid) ?? vm;
  return first === vm
    ? AVAILABLE
    : unavailable(`It has the same id as ${fullName(first)}, so only one of the two can be adopted.`);
}

/** Adopts a selection, one task for each, under names that no VM and no other of them has. */
export function BulkAdoptModal({ selected, onClose }: Props) {
  const [names, setNames] = useState(() => suggestions(selected));
  const [organisation, setOrganisation] = useState(NO_ORGANISATION);
  const [keys] = useState(() => new RequestKeys());
  const { onBegun, onRefused } = useAdoptions();
  const [adopted, setAdopted] = useState<ReadonlySet<string>>(new Set());
  const availability = (vm: UnmanagedVm): Availability => copyOf(vm, selected);
  const able = selected.filter((vm) => availability(vm).available);
  const left = able.filter((vm) => !adopted.has(keyOf(vm)));
  // Where a VM has libvirt's name of one, that is among the reasons why it cannot be ticked.
  const others = left.map((vm) => names[keyOf(vm)] ?? '').filter((name, i) => name !== left[i]?.name);
  const { isTaken, known } = useTaken(others);
  const errors = nameErrors(able, names, isTaken);
  const take = async (vm: UnmanagedVm): Promise<void> => {
    try {
      onBegun(vm, (await adopt(keys, vm, names[keyOf(vm)] ?? '', organisation)).taskId);
      setAdopted((before) => new Set([...before, keyOf(vm)]));
    } catch (error) {
      onRefused(vm, messageOf(error));
      throw error;
    }
  };
  return (
    <BulkDialog
      label="Adopt"
      selected={selected}
      nameOf={fullName}
      availability={availability}
      ready={known && isFine(organisation) && left.every((vm) => errors[keyOf(vm)] === undefined)}
      take={take}
      onClose={onClose}
    >
      {(shown) => (
        <Form onSubmit={(event) => event.preventDefault()}>
          <Happening able={shown} />
          <OrganisationFields value={organisation} onChange={setOrganisation} />
          <div role="group" aria-label="Names" className="lqx-choices lqx-names">
            {shown.map((vm) => (
              <TextField
                key={keyOf(vm)}
                id={`adopt-name-${keyOf(vm).replace(' ', '-')}`}
                label={`Name of ${fullName(vm)}`}
                required
                value={names[keyOf(vm)] ?? ''}
                error={errors[keyOf(vm)]}
                onChange={(name) => setNames((before) => ({ ...before, [keyOf(vm)]: name }))}
              />
            ))}
          </div>
        </Form>
      )}
    </BulkDialog>
  );
}
