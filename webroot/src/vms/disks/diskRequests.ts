import { api, once, unwrap } from '../../core/api/client';
import type { AttachDisk, TaskAccepted } from '../../core/api/types';

/** Gives the VM the volume; the same key with the same wish asks once, however often it is sent. */
export function attachVolume(vmId: string, wish: AttachDisk, key: string): Promise<TaskAccepted> {
  const whole = [key, vmId, wish.volumeId, wish.readOnly === true ? 'r' : 'w'].join('-');
  return unwrap(api.POST('/vms/{vmId}/disks', { params: { path: { vmId }, header: once(whole) }, body: wish }));
}

export function detachVolume(vmId: string, volumeId: string): Promise<TaskAccepted> {
  return unwrap(api.DELETE('/vms/{vmId}/disks/{volumeId}', { params: { path: { vmId, volumeId }, header: once() } }));
}
