import { AVAILABLE, unavailable, type Action, type Availability } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import type { Vm, VmNic } from '../../core/api/types';
import { whenChangeable } from '../actions/common';
import { AddNicModal, EditNicModal } from './NicModals';

export interface NicRow {
  vm: Vm;
  nic: VmNic;
}

const MOST_NICS = 8;

function changeable(vm: Vm): Availability {
  if (vm.phase !== 'READY') return unavailable('The VM is being made or deleted, or is lost.');
  if (vm.powerState === 'SUSPENDED' || vm.template) return whenChangeable(vm);
  return vm.activeTaskId ? unavailable('A task works on the VM; wait for its end.') : AVAILABLE;
}

export const addNic: Action<Vm> = {
  id: 'add-nic',
  label: 'Add network card',
  availability: (vm) =>
    vm.nics.length >= MOST_NICS ? unavailable(`A VM has at most ${MOST_NICS} network cards.`) : changeable(vm),
  dialog: AddNicModal,
};

export const editNic: Action<NicRow> = {
  id: 'edit-nic',
  label: 'Edit',
  availability: ({ vm }) => changeable(vm),
  dialog: EditNicModal,
};

export const removeNic: Action<NicRow> = {
  id: 'remove-nic',
  label: 'Remove',
  danger: true,
  availability: ({ vm }) =>
    vm.powerState === 'PAUSED' ? unavailable('The VM is paused, so its guest cannot let go.') : changeable(vm),
  confirm: ({ vm, nic }) => ({
    title: `Remove the network card ${nic.mac} from ${vm.name}?`,
    body: `The guest loses its connection to ${nic.network}. The address is given to other cards later.`,
    confirmLabel: 'Remove',
  }),
  run: ({ vm, nic }) =>
    unwrap(api.DELETE('/vms/{vmId}/nics/{mac}', { params: { path: { vmId: vm.id, mac: nic.mac }, header: once() } })),
};
