import type { UnmanagedVm } from '../../core/api/types';
import { Remark } from '../../core/layout/Remark';
import { useAdoptions } from './adoptions';
import { Words } from './Words';

/** What stands in the way of adopting a domain, and why the last attempt failed. */
export function ObstaclesCell({ vm }: { vm: UnmanagedVm }) {
  const adoption = useAdoptions().of(vm);
  return (
    <>
      <Words label={`What stands in the way of managing ${vm.name}`} words={vm.reasons} nothing="Nothing" />
      <Remark text={adoption?.state === 'failed' ? `Not adopted: ${adoption.reason}` : undefined} danger />
    </>
  );
}
