// VMs that are changed after they were made, as far as it takes a few clicks to see that.
import { id } from './mock/data.mjs';

const HELLO = `/vms/${id('vm hello')}`;
const open = async (page, action) => {
  await page.getByRole('button', { name: 'Actions for hello', exact: true }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  return page.getByRole('dialog');
};

export const EDITS = {
  viewer: { path: HELLO, prepare: (page) => open(page, 'Open in a viewer…') },
  clipboard: {
    path: `${HELLO}/console`,
    prepare: async (page, mock) => {
      await page.getByText('Connected', { exact: true }).waitFor();
      mock.copyInGuests('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ada@db-1');
      await page.getByRole('button', { name: 'Clipboard', exact: true }).click();
      await page.getByRole('textbox', { name: 'To the guest' }).fill('apt install postgresql');
      await page.getByRole('button', { name: 'Send to guest' }).click();
    },
  },
  'viewer-none': { path: HELLO, control: { noViewers: true }, prepare: (page) => open(page, 'Open in a viewer…') },
  'edit-settings': { path: HELLO, prepare: (page) => open(page, 'Edit settings…') },
  'edit-conflict': {
    path: HELLO,
    prepare: async (page, mock) => {
      const dialog = await open(page, 'Edit settings…');
      await dialog.getByLabel('Folder').fill('team/hello');
      const vm = mock.state.vm.find((one) => one.name === 'hello');
      Object.assign(vm, { description: 'Written by somebody else.', version: vm.version + 1 });
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await dialog.getByText('Written by somebody else.').waitFor();
    },
  },
  'edit-resources': {
    path: HELLO,
    prepare: async (page) => {
      const dialog = await open(page, 'Edit resources…');
      await dialog.getByLabel('Memory (GiB)', { exact: true }).fill('16');
      await dialog.getByLabel('vCPUs', { exact: true }).fill('9');
    },
  },
  'edit-pending': {
    path: HELLO,
    prepare: async (page) => {
      const dialog = await open(page, 'Edit resources…');
      await dialog.getByLabel('Memory (GiB)', { exact: true }).fill('16');
      await dialog.getByLabel('vCPUs', { exact: true }).fill('9');
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('grid', { name: 'Pending changes' }).waitFor();
    },
  },
  'edit-disk': {
    path: HELLO,
    prepare: async (page) => {
      await page.getByRole('row').filter({ hasText: 'hello-disk0' }).getByRole('button', { name: 'Edit' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'edit-drives': {
    path: `/vms/${id('vm web-1')}`,
    prepare: async (page) => {
      const drives = page.getByRole('grid', { name: 'CD-ROM drives' });
      await drives.scrollIntoViewIfNeeded();
      await drives.getByRole('button', { name: 'Eject' }).last().hover();
      await page.getByRole('tooltip').waitFor();
    },
  },
  'edit-insert': {
    path: `/vms/${id('vm web-1')}`,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Insert ISO' }).first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
};
