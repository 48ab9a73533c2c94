import { Alert, Grid, GridItem } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { FormModal } from '../../core/form/FormModal';
import { NumberField, TextField } from '../../core/form/fields';
import { resourcesChanges, resourcesOf, resourcesProblems, whatHappens, type Resources } from './resources';
import { useSaveVm } from './useSaveVm';

const COUNTS = [
  { member: 'sockets', label: 'Sockets' },
  { member: 'cores', label: 'Cores' },
  { member: 'threads', label: 'Threads' },
] as const;

/** How much processor and memory a VM has, with what becomes of it when that is saved. */
export function EditResourcesModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const { before, save } = useSaveVm(vm);
  const [typed, setTyped] = useState(() => resourcesOf(vm));
  const edit = (change: Partial<Resources>): void => setTyped((now) => ({ ...now, ...change }));
  const changes = resourcesChanges(before, typed);
  const problems = resourcesProblems(typed);
  const happens = Object.keys(problems).length === 0 ? whatHappens(vm, changes) : [];
  return (
    <FormModal
      title={`Edit resources of ${before.name}`}
      submitLabel="Save"
      ready={Object.keys(changes).length > 0 && Object.keys(problems).length === 0}
      fields={['vcpus', 'memoryBytes', 'cpu', 'cpu.model', 'cpu.maxVcpus']}
      onSubmit={() => save(changes)}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <Grid hasGutter sm={12} md={6}>
            <GridItem>
              <NumberField
                id="edit-vm-vcpus"
                label="vCPUs"
                required
                min={1}
                value={typed.vcpus}
                error={problems.vcpus ?? errorOf('vcpus')}
                onChange={(vcpus) => edit({ vcpus })}
              />
            </GridItem>
            <GridItem>
              <NumberField
                id="edit-vm-max-vcpus"
                label="Most vCPUs"
                min={1}
                value={typed.maxVcpus}
                error={problems.maxVcpus ?? errorOf('cpu.maxVcpus')}
                hint="Up to so many can be added while it runs. Empty: none."
                onChange={(maxVcpus) => edit({ maxVcpus })}
              />
            </GridItem>
          </Grid>
          <NumberField
            id="edit-vm-memory"
            label="Memory (GiB)"
            required
            min={0.0625}
            value={typed.memoryGib}
            error={problems.memoryBytes ?? errorOf('memoryBytes')}
            onChange={(memoryGib) => edit({ memoryGib })}
          />
          <TextField
            id="edit-vm-cpu-model"
            label="CPU model"
            value={typed.cpuModel}
            error={errorOf('cpu.model')}
            hint="Empty: the host's own processor."
            onChange={(cpuModel) => edit({ cpuModel: cpuModel.trim() })}
          />
          <Grid hasGutter sm={12} md={4}>
            {COUNTS.map(({ member, label }) => (
              <GridItem key={member}>
                <NumberField
                  id={`edit-vm-${member}`}
                  label={label}
                  min={1}
                  value={typed[member]}
                  error={member === 'sockets' ? (problems.cpu ?? errorOf('cpu')) : undefined}
                  onChange={(count) => edit({ [member]: count })}
                />
              </GridItem>
            ))}
          </Grid>
          {happens.length > 0 && (
            <Alert component="p" variant="info" isInline title="When you save">
              <ul className="lqx-plain">
                {happens.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </Alert>
          )}
        </>
      )}
    </FormModal>
  );
}
