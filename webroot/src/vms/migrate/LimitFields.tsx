import { Checkbox, FormGroup, Grid, GridItem } from '@patternfly/react-core';
import { NumberField } from '../../core/form/fields';
import { FieldHint } from '../../core/layout/FieldHint';
import { MoreFields } from '../create/MoreFields';
import type { LimitErrors, Limits } from './limits';

interface Props {
  limits: Limits;
  /** Of the form and of the server. */
  errors: LimitErrors;
  onChange: (limits: Limits) => void;
}

const HOLDS = /^(bandwidthMibPerSecond|maxDowntimeMillis|autoConverge)$/;

/** How fast a VM is moved, and what its guest has to bear for it. */
export function LimitFields({ limits, errors, onChange }: Props) {
  const set = (change: Partial<Limits>): void => onChange({ ...limits, ...change });
  return (
    <MoreFields title="Bandwidth and downtime" holds={HOLDS} errors={errors}>
      <Grid hasGutter sm={12} md={6}>
        <GridItem>
          <NumberField
            id="migrate-bandwidth"
            label="Bandwidth (MiB/s)"
            min={1}
            max={100_000}
            step={10}
            value={limits.bandwidth}
            error={errors.bandwidthMibPerSecond}
            hint="At most. Empty: no limit."
            onChange={(bandwidth) => set({ bandwidth })}
          />
        </GridItem>
        <GridItem>
          <NumberField
            id="migrate-downtime"
            label="Longest pause (ms)"
            min={1}
            max={60_000}
            step={100}
            value={limits.downtime}
            error={errors.maxDowntimeMillis}
            hint="The guest stands still for a moment when it changes hosts. Empty: as the hypervisor has it."
            onChange={(downtime) => set({ downtime })}
          />
        </GridItem>
      </Grid>
      <FormGroup role="group" aria-label="A busy guest">
        <Checkbox
          id="migrate-auto-converge"
          label="Slow the guest down if it must be"
          description="A guest that changes its memory faster than it is copied never arrives. With this it gets less and less processor time until it does (auto-converge)."
          isChecked={limits.autoConverge}
          onChange={(_event, autoConverge) => set({ autoConverge })}
        />
        <FieldHint id="migrate-auto-converge-hint" error={errors.autoConverge} />
      </FormGroup>
    </MoreFields>
  );
}
