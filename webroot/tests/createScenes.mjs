// The wizard for a new VM, filled in and refused.
import { create, createForm, goTo } from './createForm.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const field = (page, name) => page.getByRole('textbox', { name });

export async function fillCreateForm(page) {
  await field(page, /^Name/).fill('typed-before');
  await goTo(createForm(page), 'Image and disks');
  await page.locator('#vm-image').selectOption({ index: 1 });
  await goTo(createForm(page), 'Access');
  await field(page, 'Password', { exact: true }).first().fill('a long enough password');
  await field(page, 'Password again').fill('a long enough password');
}

const NAMES = (count, name) => Array.from({ length: count }, (_, i) => `${name}-${String(i + 1).padStart(3, '0')}`);

/** A library and networks as large as those of a large house. */
function manyOfAll(mock) {
  const [image] = mock.state.image.filter(({ name }) => name === 'debian-13');
  const [network] = mock.state.network;
  mock.state.image.push(...NAMES(200, 'golden-image').map((name) => ({ ...image, id: name, name })));
  mock.state.network.push(...NAMES(50, 'tenant-network').map((name) => ({ ...network, id: name, name })));
}

const REFUSED = [
  { field: 'name', message: 'There is already a VM with this name.' },
  { field: 'memoryBytes', message: 'No host has so much memory free.' },
];
const inStep = (step, more) => ({
  path: '/vms/new',
  prepare: async (page, mock) => {
    await fillCreateForm(page);
    await goTo(createForm(page), step);
    if (more) await more(page, mock);
  },
});

export const CREATIONS = {
  'create-refused': {
    path: '/vms/new',
    control: { refuseCreate: REFUSED },
    prepare: async (page) => {
      await fillCreateForm(page);
      await create(createForm(page));
      await page.getByText('There is already a VM with this name.').first().waitFor();
    },
  },
  'create-disks': inStep('Image and disks', async (page) => {
    await button(page, 'Add a disk').click();
    await page.locator('#vm-cdrom-0').selectOption({ index: 2 });
    await button(page, 'Add a CD-ROM drive').click();
  }),
  'create-hardware': inStep('Hardware', (page) => button(page, 'Firmware and processor').click()),
  'create-network': inStep('Networks', async (page) => {
    await button(page, 'Add a network card').click();
    await page.locator('#vm-nic-1-v4-static').check();
    await page.locator('#vm-nic-1-v6-static').check();
    await button(page, 'Add an IPv4 address').click();
    await button(page, 'Next').click();
    await page.locator('#vm-nic-1-network').scrollIntoViewIfNeeded();
  }),
  'create-access': inStep('Access'),
  'create-start': inStep('Boot and first start'),
  'create-review': inStep('Review'),
  'create-discard': inStep('Hardware', (page) => button(page, 'Cancel').click()),
  'create-incomplete': { path: '/vms/new', prepare: (page) => goTo(createForm(page), 'Review') },
  'create-catalogue': {
    path: '/vms',
    prepare: async (page, mock) => {
      mock.state.image.length = 0;
      await page.goto(`${mock.url}/vms/new`);
      await goTo(createForm(page), 'Image and disks');
      await page.getByText('These are in the catalogue').waitFor();
    },
  },
  'create-many': {
    path: '/vms',
    prepare: async (page, mock) => {
      manyOfAll(mock);
      await page.goto(`${mock.url}/vms/new`);
      await goTo(createForm(page), 'Image and disks');
      await page.getByPlaceholder('Find an image').fill('-19');
    },
  },
  'create-long': {
    path: '/vms/new',
    mode: 'long',
    prepare: async (page) => {
      await field(page, /^Name/).fill('abcdefghij'.repeat(6));
      await page.locator('#vm-description').fill('words and words '.repeat(30));
      await goTo(createForm(page), 'Image and disks');
      await page.locator('#vm-image').selectOption({ index: 1 });
      await goTo(createForm(page), 'Review');
    },
  },
  'create-failing': {
    path: '/vms/new',
    mode: 'failing',
    prepare: async (page) => {
      await goTo(createForm(page), 'Image and disks');
      await page.getByText('The images could not be read').waitFor();
      await page.getByText('The pools could not be read').first().waitFor();
    },
  },
  'create-failing-networks': {
    path: '/vms/new',
    mode: 'failing',
    prepare: async (page) => {
      await goTo(createForm(page), 'Networks');
      await page.getByText('The networks could not be read').first().waitFor();
    },
  },
  'create-loading': {
    path: '/vms/new',
    mode: 'loading',
    prepare: (page) => goTo(createForm(page), 'Image and disks'),
  },
};
