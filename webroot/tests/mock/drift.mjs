// VMs that somebody changed with libvirt's own tools: those whose names `control.drifted` has.
const DIFFERENCES = [
  { field: 'memoryBytes', expected: '2147483648', found: '4294967296' },
  { field: 'disks.vdx', expected: '', found: '/dev/sdz' },
  { field: 'unknown', expected: '', found: 'something that LimiQuantix does not know: <devices/sound>' },
];

export function driftAnswer(vm, control) {
  const differences = control.drifted?.includes(vm.name) ? DIFFERENCES : [];
  return { drifted: differences.length > 0, differences };
}

/** Takes the changes back, and has the VM tell that it changed. */
export function correctDriftOf(vm, control) {
  control.drifted = control.drifted?.filter((name) => name !== vm.name);
  return { changedAt: new Date().toISOString() };
}
