// Snapshots of a VM.
import { id } from './mock/data.mjs';

const path = `/vms/${id('vm web-2')}/snapshots`;

export const SNAPSHOTS = {
  'vm-snapshots': { path },
  'vm-snapshots-none': { path: `/vms/${id('vm web-1')}/snapshots` },
  'vm-snapshot-take': { path, prepare: (page) => page.getByRole('button', { name: 'Take snapshot…' }).click() },
};
