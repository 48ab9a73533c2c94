import { api, ifUnchanged, once, unwrap } from '../../core/api/client';
import type { AttachDisk, EditDisk, TaskAccepted, Vm } from '../../core/api/types';

/** Gives the VM the volume; the same key with the same wish asks once, however often it is sent. */
export function attachVolume(vmId: string, wish: AttachDisk, key: string): Promise<TaskAccepted> {
  const whole = [key, vmId, wish.volumeId, wish.readOnly === true ? 'r' : 'w'].join('-');
  return unwrap(api.POST('/vms/{vmId}/disks', { params: { path: { vmId }, header: once(whole) }, body: wish }));
}

/** Makes an empty disk for the VM. */
export function addNewDisk(vmId: string, wish: AttachDisk, key: string): Promise<TaskAccepted> {
  const whole = [key, vmId, JSON.stringify(wish)].join('-').replaceAll(/[^A-Za-z0-9._-]+/g, '.');
  return unwrap(api.POST('/vms/{vmId}/disks', { params: { path: { vmId }, header: once(whole) }, body: wish }));
}

export function changeDisk(vm: Vm, volumeId: string, body: EditDisk): Promise<TaskAccepted> {
  const params = { path: { vmId: vm.id, volumeId }, header: { ...ifUnchanged(vm), ...once() } };
  return unwrap(api.PATCH('/vms/{vmId}/disks/{volumeId}', { params, body }));
}

export function detachVolume(vmId: string, volumeId: string): Promise<TaskAccepted> {
  return unwrap(api.DELETE('/vms/{vmId}/disks/{volumeId}', { params: { path: { vmId, volumeId }, header: once() } }));
}
