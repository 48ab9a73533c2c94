// Snapshots of a VM.
import { id } from './mock/data.mjs';

const path = `/vms/${id('vm web-2')}/snapshots`;

async function openClone(page) {
  await page.getByRole('button', { name: 'Actions for web-2' }).click();
  await page.getByRole('menuitem', { name: 'Clone…' }).click();
}

export const SNAPSHOTS = {
  'vm-snapshots': { path },
  'vm-snapshots-none': { path: `/vms/${id('vm web-1')}/snapshots` },
  'vm-snapshot-take': { path, prepare: (page) => page.getByRole('button', { name: 'Take snapshot…' }).click() },
  'vm-clone': { path: `/vms/${id('vm web-2')}`, prepare: openClone },
  'vm-clone-many': {
    path: `/vms/${id('vm web-2')}`,
    prepare: async (page) => {
      await openClone(page);
      await page.getByLabel('Name').fill('shop-{01..20}');
      await page.getByLabel('Linked clone').check();
      await page.getByLabel('Otherwise, by cloud-init').check();
    },
  },
};
