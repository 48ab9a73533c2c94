// The form for a new VM, filled in and refused.
const button = (page, name) => page.getByRole('button', { name, exact: true });
const field = (page, name) => page.getByRole('textbox', { name });

export async function fillCreateForm(page) {
  await field(page, /^Name/).fill('typed-before');
  await page.locator('#vm-image').selectOption({ index: 1 });
  await field(page, 'Password', { exact: true }).first().fill('a long enough password');
  await field(page, 'Password again').fill('a long enough password');
}

export const CREATIONS = {
  'create-refused': {
    path: '/vms/new',
    control: {
      refuseCreate: [
        { field: 'name', message: 'There is already a VM with this name.' },
        { field: 'memoryBytes', message: 'No host has so much memory free.' },
      ],
    },
    prepare: async (page) => {
      await fillCreateForm(page);
      await button(page, 'Create VM').click();
    },
  },
  'create-hardware': {
    path: '/vms/new',
    control: {
      refuseCreate: [{ field: 'tpm', message: 'No host has an emulator of TPMs.' }],
    },
    prepare: async (page) => {
      await fillCreateForm(page);
      for (const name of ['Folder and labels', 'Network card', 'Firmware, processor and boot order']) {
        await button(page, name).click();
      }
      await button(page, 'Bus, cache and limits').first().click();
      await button(page, 'Add a disk').click();
      await button(page, 'Create VM').click();
      await page.getByText('No host has an emulator of TPMs.').first().waitFor();
    },
  },
  'create-network': {
    path: '/vms/new',
    prepare: async (page) => {
      await fillCreateForm(page);
      await button(page, 'Add a network card').click();
      await page.locator('#vm-nic-1-v4-static').check();
      await page.locator('#vm-nic-1-v6-static').check();
      await button(page, 'Card 2: name servers, search domains and MTU').click();
      await button(page, 'Create VM').click();
      await page.locator('#vm-nic-1-network').scrollIntoViewIfNeeded();
    },
  },
  'create-disks': {
    path: '/vms/new',
    prepare: async (page) => {
      await button(page, 'Add a disk').click();
      await page.locator('#vm-cdrom-0').selectOption({ index: 2 });
      await button(page, 'Add a CD-ROM drive').click();
      await page.locator('#vm-cdrom-1').scrollIntoViewIfNeeded();
    },
  },
  'create-incomplete': {
    path: '/vms/new',
    prepare: async (page) => {
      await page.getByLabel('Static', { exact: true }).check();
      await button(page, 'Create VM').click();
    },
  },
};
