import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../core/api/client';
import type { DiskTargetList, Vm } from '../../core/api/types';

/** The pools that a VM's disks could be moved to; asked again when the VM has changed so that it matters. */
export function useDiskTargets(vm: Vm) {
  return useQuery({
    queryKey: ['vm-disk-targets', vm.id, vm.phase, vm.powerState, vm.activeTaskId, vm.disks],
    queryFn: () => unwrap(api.GET('/vms/{vmId}/disk-targets', { params: { path: { vmId: vm.id } } })),
    placeholderData: (before: DiskTargetList | undefined) => before,
    staleTime: 0,
    gcTime: 0,
  });
}
