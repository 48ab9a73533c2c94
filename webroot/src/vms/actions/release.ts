import { AVAILABLE, unavailable, type Action, type Availability } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { whenInState } from './common';

/** As the server says it of one whose release has to be asked for again. */
const HALFWAY = /^Releasing /;

function availability(vm: Vm): Availability {
  if (vm.phase === 'DELETING' && !vm.activeTaskId && HALFWAY.test(vm.problem ?? '')) return AVAILABLE;
  if (vm.template) return unavailable('It is a template. Convert it back to a VM first.');
  const known = whenInState(
    vm,
    ['RUNNING', 'PAUSED', 'STOPPED', 'CRASHED'],
    'It is suspended, or just ending. Start it, or discard its saved state, first.',
  );
  return known.available && vm.activeTaskId ? unavailable('A task works on it; wait for its end.') : known;
}

export const releaseVm: Action<Vm> = {
  id: 'release',
  label: 'Release from LimiQuantix…',
  danger: true,
  availability,
  confirm: (vm) => ({
    title: `Release ${vm.name} from LimiQuantix?`,
    body:
      'LimiQuantix forgets it, with its history and statistics. Its guest goes on as it is, its disks keep all that is on them, ' +
      'and libvirt’s own tools (virsh, virt-manager) manage it from then on. It can be adopted again.',
    confirmLabel: 'Release',
  }),
  run: (vm) => unwrap(api.POST('/vms/{vmId}/release', { params: { path: { vmId: vm.id }, header: once() } })),
};
