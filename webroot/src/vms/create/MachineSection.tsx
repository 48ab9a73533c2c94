import { Checkbox, FormGroup, Grid, GridItem } from '@patternfly/react-core';
import type { Host } from '../../core/api/types';
import { Field, NumberField, SelectField } from '../../core/form/fields';
import { FieldHint } from '../../core/layout/FieldHint';
import type { Hardware } from './hardware';
import { ClipboardField } from '../edit/ClipboardField';
import { MoreFields } from './MoreFields';
import type { SectionProps } from './section';

const WATCHDOGS = [
  { value: '', label: 'None' },
  { value: 'reset', label: 'Reset the guest' },
  { value: 'shutdown', label: 'Shut the guest down' },
  { value: 'poweroff', label: 'Switch it off' },
  { value: 'pause', label: 'Pause it' },
  { value: 'none', label: 'Do nothing' },
];
const COUNTS = [
  { member: 'sockets', label: 'Sockets' },
  { member: 'cores', label: 'Cores' },
  { member: 'threads', label: 'Threads' },
] as const;

/** What some host that could be chosen offers. */
function modelsOf(hosts: readonly Host[], hostId: string): string[] {
  const possible = hosts.filter((host) => hostId === '' || host.id === hostId);
  const models = possible.flatMap((host) => host.capabilities?.offers?.cpuModels ?? []);
  return [...new Set(models)].sort((a, b) => a.localeCompare(b));
}

/** The processor, the firmware and what else the machine has; all of it is sensible as it is. */
export function MachineSection({ draft, errors, edit, hosts }: SectionProps & { hosts: readonly Host[] }) {
  const { hardware } = draft;
  const set = (change: Partial<Hardware>): void => edit({ hardware: { ...hardware, ...change } });
  const models = modelsOf(hosts, draft.hostId).map((model) => ({ value: model, label: model }));
  const isKnown = hardware.cpuModel === '' || models.some(({ value }) => value === hardware.cpuModel);
  const named = isKnown ? models : [{ value: hardware.cpuModel, label: hardware.cpuModel }, ...models];
  const isUefi = hardware.firmware === 'uefi';
  return (
    <MoreFields
      title="Firmware and processor"
      holds={/^(firmware|secureBoot|tpm|cpu|cpuModel|watchdog)$/}
      errors={errors}
    >
      <SelectField
        id="vm-firmware"
        label="Firmware"
        value={hardware.firmware}
        error={errors.firmware}
        choices={[
          { value: 'bios', label: 'BIOS' },
          { value: 'uefi', label: 'UEFI' },
        ]}
        onChange={(firmware) => set({ firmware: firmware as Hardware['firmware'] })}
      />
      <Field id="vm-secure-boot" label="Security" error={errors.secureBoot ?? errors.tpm}>
        <FormGroup isStack role="group" aria-label="Security">
          <Checkbox
            id="vm-secure-boot"
            label="Secure boot"
            description="Only signed systems start. Needs UEFI."
            isDisabled={!isUefi}
            isChecked={isUefi && hardware.secureBoot}
            onChange={(_event, secureBoot) => set({ secureBoot })}
          />
          <Checkbox
            id="vm-tpm"
            label="TPM 2.0"
            description="Its state is deleted with the VM."
            isChecked={hardware.tpm}
            onChange={(_event, tpm) => set({ tpm })}
          />
        </FormGroup>
      </Field>
      <SelectField
        id="vm-cpu-model"
        label="CPU model"
        value={hardware.cpuModel}
        error={errors.cpuModel}
        hint="Automatic is the host's own processor; a named one lets the VM move between unlike hosts."
        choices={[{ value: '', label: 'Automatic' }, ...named]}
        onChange={(cpuModel) => set({ cpuModel })}
      />
      <Grid hasGutter sm={12} md={4}>
        {COUNTS.map(({ member, label }) => (
          <GridItem key={member}>
            <NumberField
              id={`vm-${member}`}
              label={label}
              min={1}
              value={hardware[member]}
              error={member === 'sockets' ? errors.cpu : undefined}
              onChange={(count) => set({ [member]: count })}
            />
          </GridItem>
        ))}
      </Grid>
      <FieldHint id="vm-topology-hint">Empty: each vCPU is a socket.</FieldHint>
      <SelectField
        id="vm-watchdog"
        label="Watchdog"
        value={hardware.watchdog}
        error={errors.watchdog}
        hint="What happens to a guest that hangs and feeds it no more."
        choices={WATCHDOGS}
        onChange={(watchdog) => set({ watchdog: watchdog as Hardware['watchdog'] })}
      />
      <ClipboardField id="vm-clipboard" isShared={hardware.clipboard} onChange={(clipboard) => set({ clipboard })} />
    </MoreFields>
  );
}
