import type { Vm } from '../../core/api/types';
import { StateLabel } from '../../core/layout/StateLabel';
import { useDrift } from './useDrift';

/** Beside the state of a VM that somebody changed with libvirt's own tools. */
export function DriftLabel({ vm }: { vm: Vm }) {
  const { data } = useDrift(vm);
  return data?.drifted ? <StateLabel text="Drifted" tone="warning" title="Changed outside of LimiQuantix" /> : null;
}
