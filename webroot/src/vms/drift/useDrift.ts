import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, unwrap } from '../../core/api/client';
import type { Vm, VmDrift } from '../../core/api/types';

/** How the VM is defined otherwise than LimiQuantix has it, asked when somebody looks at the VM and when the VM changes. */
export function useDrift(vm: Vm): UseQueryResult<VmDrift> {
  return useQuery({
    queryKey: ['vm-drift', vm.id, vm.changedAt, vm.version],
    queryFn: () => unwrap(api.GET('/vms/{vmId}/drift', { params: { path: { vmId: vm.id } } })),
    // While a task works on it, it is on its way to something else.
    enabled: vm.phase === 'READY' && vm.powerState !== 'UNKNOWN' && vm.activeTaskId === undefined,
    staleTime: 0,
    gcTime: 0,
  });
}
