// Snapshots of a VM.
import { problem } from './mock/api.mjs';
import { id } from './mock/data.mjs';
import { MORE_UNMANAGED } from './mock/unmanaged.mjs';

const path = `/vms/${id('vm web-2')}/snapshots`;

async function openClone(page) {
  await page.getByRole('button', { name: 'Actions for web-2' }).click();
  await page.getByRole('menuitem', { name: 'Clone…' }).click();
}

export const SNAPSHOTS = {
  'vm-snapshots': { path },
  'vm-snapshots-unknown': {
    path,
    prepare: async (page, mock) => {
      mock.state.unknownSnapshots = { [id('vm web-2')]: 3 };
      const vm = mock.state.vm.find(({ name }) => name === 'web-2');
      mock.emit('vm', Object.assign(vm, { changedAt: new Date().toISOString(), version: vm.version + 1 }));
      await page.getByText('not in this list').waitFor();
    },
  },
  'vm-snapshots-none': { path: `/vms/${id('vm web-1')}/snapshots` },
  'vm-snapshot-take': { path, prepare: (page) => page.getByRole('button', { name: 'Take snapshot…' }).click() },
  'vm-snapshot-revert': {
    path,
    prepare: async (page, mock) => {
      const vm = mock.state.vm.find(({ name }) => name === 'web-2');
      mock.emit('vm', Object.assign(vm, { vcpus: vm.vcpus + 2, powerState: 'RUNNING', version: vm.version + 1 }));
      await page.getByRole('button', { name: /^Actions for installed/ }).click();
      await page.getByRole('menuitem', { name: /^Revert…/ }).click();
    },
  },
  'vm-adopt': {
    path: '/vms/unmanaged',
    prepare: async (page) => {
      await page.getByRole('row').filter({ hasText: 'plain' }).getByRole('button', { name: 'Adopt' }).click();
    },
  },
  'vm-adopt-many': {
    path: '/vms/unmanaged',
    control: { moreDomains: MORE_UNMANAGED },
    prepare: async (page) => {
      await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
      await page.getByRole('button', { name: 'Adopt 4…' }).click();
    },
  },
  'vm-adopt-failed': {
    path: '/vms/unmanaged',
    control: {
      moreDomains: MORE_UNMANAGED,
      refuse: ({ method, path }) =>
        method === 'POST' &&
        path.includes(MORE_UNMANAGED[2].uuid) &&
        problem(409, 'CONFLICT', 'my wiki cannot be adopted as it is. It is transient: define it first.'),
    },
    prepare: async (page) => {
      await page.getByRole('checkbox', { name: 'Select my wiki on kvm1.example.net' }).check();
      await page.getByRole('checkbox', { name: 'Select plain on kvm1.example.net' }).check();
      await page.getByRole('button', { name: 'Adopt 2…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Adopt', exact: true }).click();
      await dialog.getByText('1 VM of 2 refused').waitFor();
      await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    },
  },
  'vm-release': {
    path: `/vms/${id('vm web-1')}`,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Actions for web-1' }).click();
      await page.getByRole('menuitem', { name: 'Release from LimiQuantix…' }).click();
    },
  },
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
