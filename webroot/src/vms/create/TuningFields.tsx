import { Checkbox, FormGroup, Grid, GridItem } from '@patternfly/react-core';
import { NumberField, SelectField } from '../../core/form/fields';
import type { Tuning } from './hardware';
import { MoreFields } from './MoreFields';
import type { Errors } from './validate';

const BUSES = [
  { value: 'virtio', label: 'virtio: the quickest' },
  { value: 'scsi', label: 'SCSI (virtio-scsi)' },
  { value: 'sata', label: 'SATA: for guests without virtio drivers' },
];
const CACHES = [
  { value: 'auto', label: 'Automatic' },
  { value: 'none', label: 'None' },
  { value: 'writeback', label: 'Write-back' },
  { value: 'writethrough', label: 'Write-through' },
];
const DISCARDS = [
  { value: 'unmap', label: 'Give freed blocks back' },
  { value: 'ignore', label: 'Keep freed blocks' },
];
const LIMITS = [
  { member: 'readIops', field: 'readIops', label: 'Reads per second' },
  { member: 'writeIops', field: 'writeIops', label: 'Writes per second' },
  { member: 'readMib', field: 'readBytesPerSecond', label: 'Read MiB/s' },
  { member: 'writeMib', field: 'writeBytesPerSecond', label: 'Written MiB/s' },
] as const;

interface Props {
  /** Of the fields, as in `vm-disk-1`. */
  id: string;
  /** In the errors, as in `disks[1]`. */
  at: string;
  tuning: Tuning;
  errors: Errors;
  onChange: (tuning: Tuning) => void;
  /** Shown without being asked for. */
  open?: boolean;
  /** Where the I/O thread stays as it is. */
  withoutThread?: boolean;
}

/** How a guest reaches a disk, and the most that it gets of it. */
export function TuningFields({ id, at, tuning, errors, onChange, open, withoutThread }: Props) {
  const set = (change: Partial<Tuning>): void => onChange({ ...tuning, ...change });
  const holds = new RegExp(
    `^${at.replace(/[[\]]/g, '\\$&')}\\.(bus|cache|discard|ioThread|(read|write)(Iops|BytesPerSecond))$`,
  );
  const fields = (
    <>
      <SelectField
        id={`${id}-bus`}
        label="Bus"
        value={tuning.bus}
        error={errors[`${at}.bus`]}
        choices={BUSES}
        onChange={(bus) => set({ bus: bus as Tuning['bus'] })}
      />
      <SelectField
        id={`${id}-cache`}
        label="Cache"
        value={tuning.cache}
        error={errors[`${at}.cache`]}
        choices={CACHES}
        onChange={(cache) => set({ cache: cache as Tuning['cache'] })}
      />
      <SelectField
        id={`${id}-discard`}
        label="Discard"
        value={tuning.discard}
        error={errors[`${at}.discard`]}
        choices={DISCARDS}
        onChange={(discard) => set({ discard: discard as Tuning['discard'] })}
      />
      {!withoutThread && (
        <FormGroup>
          <Checkbox
            id={`${id}-io-thread`}
            label="An I/O thread of its own"
            description={errors[`${at}.ioThread`] ?? 'Only on virtio.'}
            isDisabled={tuning.bus !== 'virtio'}
            isChecked={tuning.ioThread && tuning.bus === 'virtio'}
            onChange={(_event, ioThread) => set({ ioThread })}
          />
        </FormGroup>
      )}
      <Grid hasGutter sm={12} md={6}>
        {LIMITS.map(({ member, field, label }) => (
          <GridItem key={member}>
            <NumberField
              id={`${id}-${member}`}
              label={label}
              min={1}
              value={tuning[member]}
              error={errors[`${at}.${field}`]}
              hint="At most; empty for no limit."
              onChange={(most) => set({ [member]: most })}
            />
          </GridItem>
        ))}
      </Grid>
    </>
  );
  return open ? (
    fields
  ) : (
    <MoreFields title="Bus, cache and limits" holds={holds} errors={errors}>
      {fields}
    </MoreFields>
  );
}
