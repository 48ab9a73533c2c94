// VMs that are changed after they were made.
const AT_ONCE = new Set(['name', 'description', 'folder', 'labels', 'autostart']);
const answer = (status, body) => ({ status, body, headers: {} });
const problem = (status, code, detail, more = {}) =>
  answer(status, { type: `urn:limiquantix:${code}`, title: code, status, detail, code, ...more });

function pendingOf(vm, body) {
  const change = (field, now, then) => ({ field, now: String(now), then: String(then) });
  const grown = body.memoryBytes > vm.memoryBytes;
  const more = body.vcpus > (vm.cpu.maxVcpus ?? vm.vcpus);
  return [
    ...(grown ? [change('memoryBytes', vm.memoryBytes, body.memoryBytes)] : []),
    ...(more ? [change('vcpus', vm.vcpus, body.vcpus)] : []),
    ...(body.bootOrder ? [change('bootOrder', vm.bootOrder.join(', '), body.bootOrder.join(', '))] : []),
  ];
}

export const LOCKED =
  'The guest has locked the CD-ROM drive, so it keeps what is in it. Eject it inside the guest and try again, or force it.';

export function makeCdroms({ change, run }, control) {
  return (vm, drive, { imageId, force }) => {
    const end = () => {
      if (control.guestLocksDrives && !force) return { code: 'CONFLICT', message: LOCKED, details: {} };
      const cdroms = [...vm.cdroms];
      cdroms[drive] = imageId === null ? {} : { imageId };
      return void change('vm', vm, { cdroms });
    };
    return answer(202, run('change-cdrom', vm, end, 'vm', { step: 'change the medium' }));
  };
}

/** Grows a disk and limits it. */
export function makeDiskEdits({ change, run }, state) {
  return (vm, volumeId, body) => {
    const known = Object.fromEntries(
      Object.entries(body).map(([name, value]) => [name, value === 0 ? undefined : value]),
    );
    const end = () => {
      const disks = vm.disks.map((disk) => (disk.volumeId === volumeId ? { ...disk, ...known } : disk));
      change('vm', vm, { disks });
      const volume = state.volume.find((one) => one.id === volumeId);
      if (volume && body.sizeBytes) change('volume', volume, { sizeBytes: body.sizeBytes });
    };
    return answer(202, run('edit-disk', vm, end, 'vm', { step: 'change the disk' }));
  };
}

export function makeEdits(state, { change, run }) {
  return (vm, body, version) => {
    if (version !== `"${vm.version}"`)
      return problem(412, 'STALE_VERSION', `${vm.name} was changed since you read it; look at it first.`);
    const taken = state.vm.some((other) => other !== vm && other.name === body.name);
    if (taken) {
      const message = `A virtual machine called "${body.name}" exists already.`;
      return problem(409, 'CONFLICT', message, { errors: [{ field: 'name', message }] });
    }
    const changed = { ...body, ...(body.folder === '' ? { folder: undefined } : {}) };
    if (Object.keys(body).every((field) => AT_ONCE.has(field))) {
      change('vm', vm, changed);
      return answer(200, vm);
    }
    const pending = vm.powerState === 'RUNNING' ? pendingOf(vm, body) : [];
    return answer(
      202,
      run('edit', vm, () => change('vm', vm, { ...changed, pending }), 'vm', { step: 'change the domain' }),
    );
  };
}
