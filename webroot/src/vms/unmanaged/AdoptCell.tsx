import { Link } from 'react-router';
import { ActionButton } from '../../core/actions/ActionButton';
import type { UnmanagedVm } from '../../core/api/types';
import { StateLabel } from '../../core/layout/StateLabel';
import { useAdoptions } from './adoptions';
import { adoptVm } from './adoptVm';

/** Adopts a domain, and says how far that is. */
export function AdoptCell({ vm }: { vm: UnmanagedVm }) {
  const adoption = useAdoptions().of(vm);
  if (adoption?.state === 'running') return <StateLabel text="Being adopted" tone="info" busy />;
  // libvirt's id is the VM's.
  if (adoption?.state === 'done') return <Link to={`/vms/${vm.uuid}`}>Adopted</Link>;
  return <ActionButton target={vm} action={adoptVm} />;
}
