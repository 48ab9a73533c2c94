import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../core/api/client';
import type { MigrationTargetList, Vm } from '../../core/api/types';

/** The hosts that a VM could be moved to, as they say now; asked again when the VM has changed so that it matters. */
export function useTargets(vm: Vm) {
  return useQuery({
    queryKey: ['vm-migration-targets', vm.id, vm.hostId, vm.phase, vm.powerState, vm.activeTaskId],
    queryFn: () => unwrap(api.GET('/vms/{vmId}/migration-targets', { params: { path: { vmId: vm.id } } })),
    placeholderData: (before: MigrationTargetList | undefined) => before,
    staleTime: 0,
    gcTime: 0,
  });
}
