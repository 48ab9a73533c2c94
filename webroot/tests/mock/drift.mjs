// VMs that somebody changed with libvirt's own tools: those whose names `control.drifted` has.
const MEMORY = { field: 'memoryBytes', expected: '2147483648', found: '4294967296' };
const DIFFERENCES = [
  MEMORY,
  { field: 'disks.vdx', expected: '', found: '/dev/sdz', obstacle: 'Disks come and go by LimiQuantix alone.' },
  {
    field: 'unknown',
    expected: '',
    found: 'something that LimiQuantix does not know: <devices/sound>',
    obstacle: 'LimiQuantix has no setting for it.',
  },
];

export function driftAnswer(vm, control) {
  const all = control.acceptable ? [MEMORY] : DIFFERENCES;
  const differences = control.drifted?.includes(vm.name) ? all : [];
  return { drifted: differences.length > 0, differences };
}

/** Takes the changes back, and has the VM tell that it changed. */
export function correctDriftOf(vm, control) {
  control.drifted = control.drifted?.filter((name) => name !== vm.name);
  return { changedAt: new Date().toISOString() };
}

/** Makes them the VM's own. */
export function acceptDriftOf(vm, control) {
  return { ...correctDriftOf(vm, control), spec: { ...vm.spec, memoryBytes: Number(MEMORY.found) } };
}
