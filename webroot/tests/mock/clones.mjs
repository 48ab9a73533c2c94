// Clones of VMs.
import { randomUUID } from 'node:crypto';
import { json, problem } from './api.mjs';
import { vm } from './data.mjs';

function namesOf(text) {
  const [, before, first, last, behind] = /^([^{}]*)\{(\d+)\.\.(\d+)\}([^{}]*)$/.exec(text) ?? [];
  if (first === undefined) return [text];
  const count = Number(last) - Number(first) + 1;
  return Array.from(
    { length: count },
    (_, i) => before + String(Number(first) + i).padStart(first.length, '0') + behind,
  );
}

export function makeClones({ state, change, run, emit, now }) {
  const begin = (source, name, body) => {
    const made = vm(name, 'UNKNOWN', {
      ...{ id: randomUUID(), phase: 'CREATING', vcpus: source.vcpus, memoryBytes: source.memoryBytes },
      ...{ stateReason: 'being cloned', createdAt: now(), version: 1 },
    });
    state.vm.push(made);
    emit('vm', made, 'created');
    const end = () => change('vm', made, { phase: 'READY', powerState: body.start ? 'RUNNING' : 'STOPPED' });
    const { taskId } = run('clone', made, end);
    return { name, vmId: made.id, taskId };
  };
  return (source, body) => {
    const names = namesOf(body.name);
    const taken = names.filter((name) => state.vm.some((one) => one.name === name));
    if (taken.length > 0) {
      const message = `There are virtual machines of these names already: ${taken.join(', ')}.`;
      return problem(409, 'CONFLICT', message, { errors: [{ field: 'name', message }] });
    }
    return json(202, { clones: names.map((name) => begin(source, name, body)) });
  };
}
