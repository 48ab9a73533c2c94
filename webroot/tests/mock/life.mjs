// What happens after a request was accepted: tasks that run and end, VMs that come, change and go.
import { randomUUID } from 'node:crypto';
import { task, vm } from './data.mjs';
import { image } from './library.mjs';
import { makeClones } from './clones.mjs';
import { makeDiskMoves } from './diskMoves.mjs';
import { makeDisks } from './disks.mjs';
import { makeAdoption } from './unmanaged.mjs';
import { acceptDriftOf, correctDriftOf } from './drift.mjs';
import { makeCdroms, makeEdits } from './edits.mjs';
import { makeCustomization } from './customization.mjs';
import { makeMigration } from './migration.mjs';
import { makeNetworks } from './networks.mjs';
import { makeStorage } from './storage.mjs';
import { makeTemplates } from './templates.mjs';
import { makeTransfers } from './transfers.mjs';
import { makeVmSnapshots } from './vmSnapshots.mjs';

const STEP_MS = 400;
const now = () => new Date().toISOString();
/** Images that stay what they are. */
const PLAIN = new Set(['qcow2', 'raw', 'iso']);
const POWER = {
  start: 'RUNNING',
  resume: 'RUNNING',
  reset: 'RUNNING',
  reboot: 'RUNNING',
  pause: 'PAUSED',
  suspend: 'SUSPENDED',
  'discard-saved-state': 'STOPPED',
  shutdown: 'STOPPED',
  'force-stop': 'STOPPED',
};

export function makeLife(state, emit, control) {
  /** What is undone when a task is cancelled. */
  const undoing = new Map();
  const change = (kind, thing, more) => {
    Object.assign(thing, more, { version: (thing.version ?? 0) + 1 });
    emit(kind, thing);
  };
  /** @param end what the task does at last; may answer why it failed */
  const run = (kind, target, end, targetKind = 'vm', more = {}, undo) => {
    const running = task(`${targetKind}.${kind}`, target.name, 'RUNNING', 10, {
      id: randomUUID(),
      targetKind,
      targetId: target.id,
      createdAt: now(),
      startedAt: now(),
      ...more,
    });
    undoing.set(running.id, undo);
    state.task.unshift(running);
    emit('task', running, 'created');
    const finish = () => {
      if (running.state !== 'RUNNING') return;
      const failure = end();
      const how = failure ? { state: 'FAILED', failure } : { state: 'SUCCEEDED', progress: 100 };
      change('task', running, { ...how, endedAt: now() });
    };
    // Lets a test hold a task up for as long as it likes.
    setTimeout(() => void Promise.resolve(control.working?.(running)).then(finish), STEP_MS);
    return { taskId: running.id, targetId: target.id };
  };
  const clone = makeClones({ state, change, run, emit, now });
  return {
    diskMoves: makeDiskMoves({ state, change, run }, control),
    disks: makeDisks(state, { change, run }, control),
    edit: makeEdits(state, { change, run }),
    changeCdrom: makeCdroms({ change, run }, control),
    customization: makeCustomization(state, { change, emit }),
    migration: makeMigration({ state, change, run }, control),
    networks: makeNetworks(state, { change, run, emit }, control),
    storage: makeStorage(state, { change, run, emit }),
    transfers: makeTransfers(state, { run, emit }, control),
    clone,
    templates: makeTemplates({ state, change, now, clone }),
    vmSnapshots: makeVmSnapshots({ state, change, run, now }),
    create(body) {
      const made = vm(body.name, 'UNKNOWN', {
        id: randomUUID(),
        phase: 'CREATING',
        vcpus: body.vcpus ?? 1,
        memoryBytes: body.memoryBytes ?? 2 ** 30,
        stateReason: 'being created',
        createdAt: now(),
        version: 1,
      });
      state.vm.push(made);
      state.vm.sort((a, b) => a.name.localeCompare(b.name));
      emit('vm', made, 'created');
      const ready = {
        phase: 'READY',
        powerState: body.start === false ? 'STOPPED' : 'RUNNING',
        stateReason: 'as asked',
      };
      return run('create', made, () => change('vm', made, ready));
    },
    correctDrift(target) {
      return run('correct-drift', target, () => change('vm', target, correctDriftOf(target, control)));
    },
    acceptDrift(target) {
      return run('accept-drift', target, () => change('vm', target, acceptDriftOf(target, control)));
    },
    adopt: makeAdoption(state, { run, change, emit, now }, control),
    release(target) {
      change('vm', target, { phase: 'DELETING' });
      return run('release', target, () => {
        state.vm.splice(state.vm.indexOf(target), 1);
        emit('vm', target, 'deleted');
      });
    },
    power(target, action) {
      return run(action, target, () => change('vm', target, { powerState: POWER[action] }));
    },
    remove(target) {
      change('vm', target, { phase: 'DELETING' });
      return run('delete', target, () => {
        state.vm.splice(state.vm.indexOf(target), 1);
        emit('vm', target, 'deleted');
      });
    },
    announce(body, key) {
      const said = body.operatingSystem && { learnedFrom: { system: 'USER' }, ...body.operatingSystem };
      const about = { ...body, operatingSystem: said };
      const made = { ...image(body.name, 'DRAFT', about), id: randomUUID(), copies: [], announcedBy: key };
      state.image.push(made);
      emit('image', made, 'created');
      return made;
    },
    fillImage(target, how) {
      change('image', target, { state: 'CHECKING' });
      const foreign = !PLAIN.has(target.format);
      const came = { format: target.format, compression: 'gzip', sha256: 'c0de'.repeat(16), fileBytes: 2 ** 29 };
      const ready = { state: 'READY', ...(foreign ? { format: 'qcow2', cameAs: came } : {}) };
      const step = foreign ? { step: 'converting' } : {};
      return run(how === 'content' ? 'check' : how, target, () => change('image', target, ready), 'image', step);
    },
    describeImage(target, said) {
      const { operatingSystem, deprecated, ...rest } = said;
      const learnedFrom = { system: 'USER', leastMemoryBytes: 'USER', firmware: 'USER', virtio: 'USER' };
      const heard = operatingSystem && { ...target.operatingSystem, ...operatingSystem, learnedFrom };
      const state = deprecated === undefined ? {} : { state: deprecated ? 'DEPRECATED' : 'READY' };
      change('image', target, { ...rest, ...state, ...(heard ? { operatingSystem: heard } : {}) });
      return target;
    },
    copyImage(target, { poolId, hostId }) {
      const host = hostId ?? state.pool.find(({ id }) => id === poolId).hosts[0].hostId;
      const copy = { poolId, hostId: host, state: 'ARRIVING', kept: true, lastUsedAt: now() };
      const others = target.copies;
      change('image', target, { copies: [...others, copy] });
      const ready = () => change('image', target, { copies: [...others, { ...copy, state: 'READY' }] });
      return run('bring', target, ready, 'image');
    },
    removeCopy(target, poolId) {
      const gone = () => change('image', target, { copies: target.copies.filter((copy) => copy.poolId !== poolId) });
      return run('remove-copy', target, gone, 'image');
    },
    removeImage(target) {
      const gone = () => {
        state.image.splice(state.image.indexOf(target), 1);
        emit('image', target, 'deleted');
      };
      return run('delete', target, gone, 'image');
    },
    cancel(target) {
      undoing.get(target.id)?.();
      change('task', target, { cancelRequested: true, state: 'CANCELLED', endedAt: now() });
      return target;
    },
  };
}
