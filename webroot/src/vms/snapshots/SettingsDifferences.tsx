import { Checkbox } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../core/api/client';
import type { VmSnapshotDifferences } from '../../core/api/types';
import { QueryState } from '../../core/layout/QueryState';
import type { SnapshotOfVm } from './snapshotTree';

type Difference = VmSnapshotDifferences['items'][number];

/** What was otherwise, in one line. */
export function differenceText({ before, now, comesBack }: Difference): string {
  const change = before === undefined ? `It did not have: ${now ?? ''}` : `It had: ${before}; now: ${now ?? 'none'}`;
  return comesBack ? change : `${change} (stays as it is)`;
}

function explain({ kept, items }: VmSnapshotDifferences): string {
  if (!kept) return 'Its settings were not kept with this snapshot.';
  if (items.length === 0) return 'Its settings are what they were then.';
  return items.some((one) => one.comesBack)
    ? 'vCPUs, memory, hardware and network cards. Name, description and what is in its drives stay.'
    : 'Nothing of what differs can be brought back.';
}

interface Props extends SnapshotOfVm {
  isWanted: boolean;
  onChange: (wanted: boolean) => void;
}

/** Asks whether a VM's settings are to be brought back too, and shows what is otherwise than at the snapshot. */
export function SettingsDifferences({ vm, snapshot, isWanted, onChange }: Props) {
  const path = { vmId: vm.id, snapshotId: snapshot.id };
  const query = useQuery({
    queryKey: ['vm-snapshot-differences', snapshot.id, vm.changedAt],
    queryFn: () => unwrap(api.GET('/vms/{vmId}/snapshots/{snapshotId}/differences', { params: { path } })),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <QueryState query={query} what="differences" compact>
      {(differences) => (
        <Checkbox
          id="vm-revert-settings"
          label="Bring its settings back too"
          description={explain(differences)}
          body={
            differences.items.length > 0 && (
              <ul aria-label="What differs">
                {differences.items.map((one) => (
                  <li key={one.field}>{differenceText(one)}</li>
                ))}
              </ul>
            )
          }
          isChecked={isWanted}
          isDisabled={!differences.items.some((one) => one.comesBack)}
          onChange={(_event, wanted) => onChange(wanted)}
        />
      )}
    </QueryState>
  );
}
