import { Alert, Button, FormGroup } from '@patternfly/react-core';
import type { MigrationTarget, Vm } from '../../core/api/types';
import { ChoiceTable, type ChoiceRow } from '../../core/form/ChoiceTable';
import { formatBytes } from '../../core/format/bytes';
import type { Column } from '../../core/layout/DataTable';
import { FieldHint } from '../../core/layout/FieldHint';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import {
  commonObstacles,
  copiedInWords,
  memoryInWords,
  processorsInWords,
  targetRows,
  type TargetHost,
} from './targets';

const COLUMNS: readonly Column<ChoiceRow<TargetHost>>[] = [
  { label: 'Free memory', cell: ({ thing }) => memoryInWords(thing.host), width: 20, wraps: true },
  { label: 'vCPUs', cell: ({ thing }) => processorsInWords(thing.host), width: 20 },
  {
    label: 'Disks to copy',
    cell: ({ thing: { target } }) => (target.bytesToCopy > 0 ? formatBytes(target.bytesToCopy) : 'None'),
    width: 15,
    wraps: true,
  },
];

function NoneCan({ common }: { common: readonly string[] }) {
  return (
    <Alert component="p" variant="warning" isInline isLiveRegion title="No host can take it now">
      {common.length === 0 ? (
        'What keeps each of them from it is said below.'
      ) : (
        <ul className="lqx-plain lqx-break">
          {common.map((obstacle) => (
            <li key={obstacle}>{obstacle}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

interface Props {
  vm: Vm;
  targets: readonly MigrationTarget[];
  /** Whether the VM itself is as it has to be; where it is not, that is said elsewhere. */
  isMovable: boolean;
  chosen: string;
  error: string | undefined;
  onChoose: (hostId: string) => void;
  isAsking: boolean;
  onAskAgain: () => void;
}

/** One of the hosts; those that cannot take the VM say why. */
export function TargetChoice({ vm, targets, isMovable, chosen, error, onChoose, isAsking, onAskAgain }: Props) {
  const known = useList(hosts).data ?? [];
  const common = commonObstacles(targets);
  const target = targets.find(({ hostId, possible }) => possible && hostId === chosen);
  return (
    <FormGroup role="radiogroup" label="Host" fieldId="migrate-host" isRequired>
      <div className="lqx-stacked-fields">
        {isMovable && targets.every(({ possible }) => !possible) && <NoneCan common={common} />}
        <ChoiceTable
          label="Hosts"
          heading="Host"
          searchLabel="Find by name"
          rows={targetRows(targets, common, known)}
          columns={COLUMNS}
          nothing="No other host"
          chosen={chosen}
          onChoose={onChoose}
        />
        <div>
          <FieldHint id="migrate-host-hint" error={error}>
            {target && copiedInWords(vm, target)}
          </FieldHint>
          <Button variant="link" isInline isLoading={isAsking} isDisabled={isAsking} onClick={onAskAgain}>
            Ask the hosts again
          </Button>
        </div>
      </div>
    </FormGroup>
  );
}
