import { FormGroup } from '@patternfly/react-core';
import type { DiskTarget, DiskTargets } from '../../core/api/types';
import { ChoiceTable, type ChoiceRow } from '../../core/form/ChoiceTable';
import { formatBytes } from '../../core/format/bytes';
import type { Column } from '../../core/layout/DataTable';
import { FieldHint } from '../../core/layout/FieldHint';
import { poolRows } from './moves';

const COLUMNS: readonly Column<ChoiceRow<DiskTarget>>[] = [
  { label: 'Free', cell: ({ thing }) => (thing.freeBytes > 0 ? formatBytes(thing.freeBytes) : '–'), width: 20 },
];

interface Props {
  /** Those that are to be moved. */
  disks: readonly DiskTargets[];
  chosen: string;
  error: string | undefined;
  onChoose: (poolId: string) => void;
}

/** The pool that disks are to be moved to; those that cannot take them say why. */
export function PoolChoice({ disks, chosen, error, onChoose }: Props) {
  return (
    <FormGroup role="radiogroup" label="New pool" fieldId="move-pool" isRequired>
      <ChoiceTable
        label="Pools"
        heading="Pool"
        searchLabel="Find by name"
        rows={poolRows(disks)}
        columns={COLUMNS}
        nothing="No other pool"
        chosen={chosen}
        onChoose={onChoose}
      />
      <FieldHint id="move-pool-hint" error={error} />
    </FormGroup>
  );
}
