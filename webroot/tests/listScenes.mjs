// The list of VMs with a selection, and what is asked of it.
const button = (page, name) => page.getByRole('button', { name, exact: true });
const tickAll = (page) => page.getByRole('checkbox', { name: 'Select all that are shown' }).check();

async function open(page, name) {
  await page.getByRole('link', { name: 'hello', exact: true }).waitFor();
  await tickAll(page);
  await button(page.getByLabel('Selected VMs'), name).click();
  await page.getByRole('dialog').waitFor();
}

export const LISTS = {
  'list-selected': {
    path: '/vms',
    mode: 'crowd',
    prepare: async (page) => {
      await page.getByRole('link', { name: 'vm-00001', exact: true }).waitFor();
      await tickAll(page);
      await page.getByText('There are more on other pages.').waitFor();
    },
  },
  'list-columns': { path: '/vms?state=RUNNING&sort=MEMORY', prepare: (page) => button(page, 'Columns').click() },
  'list-nothing': { path: '/vms?find=nothing' },
  'list-delete': { path: '/vms', prepare: (page) => open(page, 'Delete') },
  'list-labels': { path: '/vms', prepare: (page) => open(page, 'Labels') },
  'list-folder': { path: '/vms', prepare: (page) => open(page, 'Folder') },
};
