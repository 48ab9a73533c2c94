import { Checkbox, FormGroup } from '@patternfly/react-core';
import { SelectField, TextField } from '../../core/form/fields';
import type { Hardware } from './hardware';
import { MoreFields } from './MoreFields';
import type { SectionProps } from './section';

const MODELS = [
  { value: 'virtio', label: 'virtio: the quickest' },
  { value: 'e1000e', label: 'e1000e: for guests without virtio drivers' },
];

/** What the network cards are to the guest. */
export function NicFields({ draft, errors, edit, hasOne }: SectionProps & { hasOne: boolean }) {
  const { hardware } = draft;
  const set = (change: Partial<Hardware>): void => edit({ hardware: { ...hardware, ...change } });
  return (
    <MoreFields title="Network card" holds={/^(nicModel|mac)$/} errors={errors}>
      <SelectField
        id="vm-nic-model"
        label="Model"
        value={hardware.nicModel}
        error={errors.nicModel}
        choices={MODELS}
        onChange={(nicModel) => set({ nicModel: nicModel as Hardware['nicModel'] })}
      />
      {hasOne && (
        <TextField
          id="vm-mac"
          label="MAC address"
          mono
          value={hardware.mac}
          error={errors.mac}
          hint="Empty: one that no other VM has."
          onChange={(mac) => set({ mac })}
        />
      )}
      <FormGroup>
        <Checkbox
          id="vm-link-up"
          label="Its cable is plugged in"
          isChecked={hardware.linkUp}
          onChange={(_event, linkUp) => set({ linkUp })}
        />
      </FormGroup>
    </MoreFields>
  );
}
