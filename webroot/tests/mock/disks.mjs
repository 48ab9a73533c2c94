// Volumes that become disks of VMs and cease to be, and whether several VMs may have one.
import { randomUUID } from 'node:crypto';
import { PLAIN_DISK } from './data.mjs';
import { makeDiskEdits } from './edits.mjs';

const json = (status, body) => ({ status, body });
const problem = (status, code, detail, more = {}) =>
  json(status, { type: `urn:limiquantix:${code}`, title: code, status, detail, code, ...more });

export const KEPT =
  'The guest has not let go of the disk, so it still has it. Unmount what is on it inside the guest and try again, or shut the guest down first.';

export function makeDisks(state, { change, run }, control) {
  const release = (volume, vm) =>
    change('volume', volume, { attachments: volume.attachments.filter((one) => one.vmId !== vm.id) });

  const add = (vm, { sizeBytes, poolId = vm.disks[0].poolId }) => {
    const volumeId = randomUUID();
    const target = `vd${String.fromCharCode('a'.charCodeAt(0) + vm.disks.length)}`;
    const disk = { volumeId, poolId, sizeBytes, attached: false, readOnly: false, target, ...PLAIN_DISK };
    const end = () => void change('vm', vm, { disks: [...vm.disks, disk] });
    return json(202, run('attach-disk', vm, end, 'vm', { step: 'make the volume' }));
  };

  const attach = (vm, { volumeId, readOnly = false }) => {
    const volume = state.volume.find((one) => one.id === volumeId);
    if (!volume) return problem(404, 'NOT_FOUND', 'There is no such volume.');
    if (volume.attachments.length > 0 && !volume.shareable)
      return problem(
        409,
        'CONFLICT',
        `The volume ${volume.name} belongs to another VM already; detach it there first.`,
      );
    // It is the VM's before the host is asked.
    change('volume', volume, { attachments: [...volume.attachments, { vmId: vm.id, readOnly }] });
    const target = `vd${String.fromCharCode('a'.charCodeAt(0) + vm.disks.length)}`;
    const { poolId, sizeBytes } = volume;
    const disk = { volumeId, poolId, sizeBytes, attached: true, readOnly, target, ...PLAIN_DISK };
    const end = () => void change('vm', vm, { disks: [...vm.disks, disk] });
    return json(202, run('attach-disk', vm, end, 'vm', { step: 'attach the disk' }));
  };

  const detach = (vm, volumeId) => {
    if (vm.disks[0].volumeId === volumeId) return problem(409, 'CONFLICT', `${vm.name} boots from this disk.`);
    if (vm.powerState === 'PAUSED') return problem(409, 'CONFLICT', `${vm.name} is paused.`);
    const end = () => {
      if (control.guestKeepsDisks) return { code: 'CONFLICT', message: KEPT, details: {} };
      change('vm', vm, { disks: vm.disks.filter((disk) => disk.volumeId !== volumeId) });
      const volume = state.volume.find((one) => one.id === volumeId);
      return void release(volume, vm);
    };
    return json(202, run('detach-disk', vm, end, 'vm', { step: 'detach the disk' }));
  };

  const setShareable = (volume, { shareable }) => {
    if (volume.attachments.length > 0) return problem(409, 'CONFLICT', `The volume ${volume.name} is attached.`);
    if (shareable && volume.format !== 'raw') return problem(422, 'INVALID', 'Only a raw volume can be shareable.');
    change('volume', volume, { shareable });
    return json(200, volume);
  };

  const edit = makeDiskEdits({ change, run }, state);
  const vmAnswer = (method, vm, volumeId, body) => {
    if (method === 'PATCH') return edit(vm, volumeId, body);
    if (method === 'DELETE') return detach(vm, volumeId);
    return 'sizeBytes' in body ? add(vm, body) : attach(vm, body);
  };
  return { vmAnswer, setShareable };
}
