import { FilterSelect } from '../../core/layout/FilterSelect';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { pools } from '../../storage/storage';
import { STATES, type VmState, type VmWish } from './wish';

interface Props {
  wish: VmWish;
  onChange: (change: { state?: VmState | undefined; hostId?: string | undefined; poolId?: string | undefined }) => void;
}

/** What can be chosen, and what is chosen though it is not there any more. */
function choices(all: readonly { id: string; name: string }[] | undefined, chosen: string | undefined) {
  const known = (all ?? [])
    .map(({ id, name }) => [id, name] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b, undefined, { numeric: true }));
  return chosen === undefined || known.some(([id]) => id === chosen) ? known : [...known, [chosen, '…'] as const];
}

/** Leaves VMs out by what they do and where they are. */
export function Filters({ wish, onChange }: Props) {
  const allHosts = useList(hosts).data;
  const allPools = useList(pools).data;
  return (
    <>
      <FilterSelect
        label="State"
        all="Any state"
        value={wish.state ?? ''}
        choices={STATES}
        onChange={(state) => onChange({ state: state === '' ? undefined : (state as VmState) })}
      />
      <FilterSelect
        label="Host"
        all="Any host"
        value={wish.hostId ?? ''}
        choices={choices(allHosts, wish.hostId)}
        onChange={(hostId) => onChange({ hostId: hostId || undefined })}
      />
      <FilterSelect
        label="Pool"
        all="Any pool"
        value={wish.poolId ?? ''}
        choices={choices(allPools, wish.poolId)}
        onChange={(poolId) => onChange({ poolId: poolId || undefined })}
      />
    </>
  );
}
