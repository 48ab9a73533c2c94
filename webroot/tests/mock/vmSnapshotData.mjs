// The snapshots of a VM that has some, in two branches.
import { ago, id } from './data.mjs';

const vmId = id('vm web-2');
const snapshot = (name, parent, more = {}) => ({
  ...{ id: id(`vm snapshot ${name}`), vmId, name, description: '', state: 'READY', createdBy: 'admin', version: 1 },
  ...(parent ? { parentId: id(`vm snapshot ${parent}`) } : {}),
  stillness: 'QUIESCED',
  usedBytes: 2 ** 29,
  ...{ forClones: false, clones: [], missingOn: [] },
  disks: [{ volumeId: id('volume web-2'), snapshotId: id(`snapshot ${name}`), sizeBytes: 2 ** 34 }],
  createdAt: ago(90_000),
  ...more,
});
const installed = { stillness: 'OFF', description: 'As it came from the image, with all updates of that day' };

/** A copy of its own for each mock, which changes it. */
export const snapshotsOfVms = () => ({
  vmSnapshot: [
    snapshot('installed', undefined, installed),
    snapshot('before the upgrade', 'installed', { clones: ['shop-1', 'shop-2'] }),
    snapshot('half upgraded', 'before the upgrade', { stillness: 'RUNNING', state: 'DELETING' }),
    snapshot(`another-branch-${'with-a-long-name-'.repeat(4)}`, 'installed'),
  ],
  currentSnapshot: { [vmId]: id('vm snapshot before the upgrade') },
});
