// VMs that move to other hosts while they run.
import { json, problem } from './api.mjs';
import { GIB, host } from './data.mjs';

/** More hosts for a world. */
export function addHosts(state, count = 3) {
  const made = Array.from({ length: count }, (_, i) =>
    host(`node-${String(i + 1).padStart(2, '0')}`, 'UP', { memoryFreeBytes: (60 - i) * GIB, reservedVcpus: 3 * i }),
  );
  state.host.push(...made);
  return made;
}

/** What stands in the way of the VM itself. */
function ofVm(vm) {
  if (vm.activeTaskId) return ['A task works on the VM. Wait for its end.'];
  return vm.powerState === 'RUNNING' ? [] : ['The VM is not running. Start it first.'];
}

const ofHost = (one) =>
  one.state === 'UP' ? [] : [`${one.name} does not answer. Bring it back, or choose another host.`];

export function makeMigration({ state, change, run }, control) {
  const targetOf = (vm) => (one) => {
    const obstacles = [...ofVm(vm), ...ofHost(one), ...(control.obstacles?.(one) ?? [])];
    return {
      ...{ hostId: one.id, hostName: one.name, possible: obstacles.length === 0, obstacles },
      remarks: control.remarks?.(one) ?? [],
      bytesToCopy: control.sharedStorage ? 0 : vm.disks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    };
  };
  const targets = (vm) => state.host.filter(({ id }) => id !== vm.hostId).map(targetOf(vm));
  const migrate = (vm, { hostId }) => {
    const target = targets(vm).find((one) => one.hostId === hostId);
    if (!target) {
      const errors = [{ field: 'hostId', message: 'There is no such host, or the VM is on it already.' }];
      return problem(422, 'INVALID', errors[0].message, { errors });
    }
    if (!target.possible) return problem(409, 'CONFLICT', target.obstacles.join(' '));
    const from = vm.hostName;
    const end = () => {
      const log = [{ at: new Date().toISOString(), text: `Moved from ${from} to ${target.hostName}` }];
      Object.assign(state.task.find(({ id }) => id === vm.activeTaskId) ?? {}, { log });
      change('vm', vm, { hostId, hostName: target.hostName, activeTaskId: undefined });
    };
    const moved = { bytes: GIB, totalBytes: target.bytesToCopy + vm.memoryBytes };
    const undo = () => change('vm', vm, { activeTaskId: undefined });
    const accepted = run('migrate', vm, end, 'vm', { step: `Copying to ${target.hostName}`, moved }, undo);
    change('vm', vm, { activeTaskId: accepted.taskId });
    return json(202, accepted);
  };
  return { targets: (vm) => json(200, { items: targets(vm) }), migrate };
}
