// Snapshots of VMs.
import { randomUUID } from 'node:crypto';
import { json, problem } from './api.mjs';

export function makeVmSnapshots({ state, change, run, now }) {
  const of = (vm) => (state.vmSnapshot ??= []).filter((one) => one.vmId === vm.id);
  const setCurrent = (vm, id) => {
    (state.currentSnapshot ??= {})[vm.id] = id;
    change('vm', vm, { changedAt: now() });
  };
  const current = (vm) => state.currentSnapshot?.[vm.id];

  const list = (vm) => {
    const allKnown = of(vm).every((one) => one.usedBytes !== undefined);
    const chainLength = state.chainLength?.[vm.id];
    return {
      items: of(vm),
      ...(current(vm) ? { currentId: current(vm) } : {}),
      ...(allKnown ? { usedBytes: of(vm).reduce((sum, one) => sum + one.usedBytes, 0) } : {}),
      ...(chainLength ? { chainLength } : {}),
      unknown: state.unknownSnapshots?.[vm.id] ?? 0,
    };
  };

  const nameTaken = (vm, name) => of(vm).some((one) => one.name.toLowerCase() === name.toLowerCase());
  const takenName = (name) => {
    const errors = [{ field: 'name', message: `There is a snapshot called ${name}.` }];
    return problem(409, 'CONFLICT', errors[0].message, { errors });
  };
  const made = (vm, name, more) => {
    const parentId = current(vm);
    return {
      ...{ id: randomUUID(), vmId: vm.id, name, description: '', createdBy: 'admin', version: 1 },
      ...{ forClones: false, clones: [], missingOn: [], vcpus: vm.vcpus },
      ...(parentId ? { parentId } : {}),
      disks: vm.disks.map(({ volumeId, sizeBytes }) => ({ volumeId, snapshotId: randomUUID(), sizeBytes })),
      createdAt: now(),
      ...more,
    };
  };

  const take = (vm, { name, description = '', memory = false, quiesce = !memory }) => {
    if (nameTaken(vm, name)) return takenName(name);
    const taken = made(vm, name, { description, state: 'CREATING' });
    state.vmSnapshot.push(taken);
    const end = () => {
      const off = vm.powerState === 'STOPPED';
      Object.assign(taken, { state: 'READY', stillness: off ? 'OFF' : quiesce ? 'QUIESCED' : 'RUNNING' });
      taken.usedBytes = 3 * 2 ** 28;
      if (memory) taken.memoryBytes = vm.memoryBytes / 4;
      setCurrent(vm, taken.id);
    };
    return json(202, run('snapshot', vm, end));
  };

  const find = (vm) => {
    const end = () => {
      for (let i = 1; i <= state.unknownSnapshots[vm.id]; i++) {
        const found = made(vm, `found-20261130-12000${i}`, { state: 'READY', description: 'Found on the disks.' });
        state.vmSnapshot.push(found);
        setCurrent(vm, found.id);
      }
      state.unknownSnapshots[vm.id] = 0;
      change('vm', vm, { changedAt: now() });
    };
    return json(202, run('find-snapshots', vm, end));
  };

  const differences = (vm, { vcpus = vm.vcpus }) => ({
    kept: true,
    items:
      vcpus === vm.vcpus
        ? []
        : [{ field: 'vcpus', before: `${vcpus} vCPUs`, now: `${vm.vcpus} vCPUs`, comesBack: true }],
  });

  const revert = (vm, snapshot, query, { settings, stop, keepCurrent }) => {
    if (vm.powerState !== 'STOPPED' && !stop) return problem(409, 'CONFLICT', `${vm.name} is not off.`);
    if (keepCurrent) {
      if (nameTaken(vm, keepCurrent)) return takenName(keepCurrent);
      state.vmSnapshot.push(made(vm, keepCurrent, { state: 'READY', stillness: 'OFF' }));
    }
    const goesOn = snapshot.memoryBytes !== undefined && query.get('memory') !== 'false';
    const end = () => {
      Object.assign(vm, { powerState: goesOn ? 'RUNNING' : 'STOPPED' }, settings ? { vcpus: snapshot.vcpus } : {});
      setCurrent(vm, snapshot.id);
    };
    return json(202, run('revert', vm, end));
  };

  const remove = (vm, snapshot) => {
    for (const one of of(vm)) if (one.parentId === snapshot.id) one.parentId = snapshot.parentId;
    state.vmSnapshot.splice(state.vmSnapshot.indexOf(snapshot), 1);
    setCurrent(vm, current(vm) === snapshot.id ? snapshot.parentId : current(vm));
  };
  const below = (vm, id) => of(vm).flatMap((one) => (one.parentId === id ? [...below(vm, one.id), one] : []));

  return (method, vm, path, query, body, { version }) => {
    if (path.endsWith('/find-snapshots')) return find(vm);
    const [, , , , snapshotId, action] = path.split('/');
    if (action === 'differences')
      return json(
        200,
        differences(
          vm,
          of(vm).find((one) => one.id === snapshotId),
        ),
      );
    if (method === 'GET') return json(200, list(vm));
    if (!snapshotId) return take(vm, body);
    const snapshot = of(vm).find((one) => one.id === snapshotId);
    if (!snapshot) return problem(404, 'NOT_FOUND', 'There is no such snapshot.');
    if (method === 'PATCH') {
      if (version !== `"${snapshot.version}"`) return problem(412, 'STALE_VERSION', 'It was changed since.');
      Object.assign(snapshot, body, { version: snapshot.version + 1 });
      change('vm', vm, { changedAt: now() });
      return json(200, snapshot);
    }
    if (action === 'revert') return revert(vm, snapshot, query, body ?? {});
    const doomed = [...(query.get('withChildren') === 'true' ? below(vm, snapshot.id) : []), snapshot];
    const end = () => doomed.forEach((one) => remove(vm, one));
    return json(202, run('delete-snapshot', vm, end));
  };
}
