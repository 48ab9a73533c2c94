// What is only seen when something was refused, or has to wait.
import { problem } from './mock/api.mjs';
import { id } from './mock/data.mjs';
import { image } from './mock/library.mjs';
import { correctDirectory, create, fillDirectoryPool, openPoolWizard } from './poolWizard.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const field = (page, name) => page.getByRole('textbox', { name });

const UPLOADED = { name: 'disk.qcow2', mimeType: 'application/octet-stream', buffer: Buffer.alloc(64) };

async function openUpload(page, name) {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole('menuitem', { name: 'Upload its file' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles(UPLOADED);
  return { dialog, send: () => dialog.getByRole('button', { name: 'Upload', exact: true }).click() };
}

/** Uploads that never end: two go on, the third waits. */
async function uploadThree(page, mock) {
  mock.control.uploading = () => new Promise(() => undefined);
  for (const name of ['d1', 'd2', 'd3']) {
    const draft = image(name, 'DRAFT');
    mock.state.image.push(draft);
    mock.emit('image', draft, 'created');
    const { dialog, send } = await openUpload(page, name);
    await send();
    await dialog.waitFor({ state: 'detached' });
  }
}

async function fillPool(page) {
  const wizard = await openPoolWizard(page);
  await fillDirectoryPool(wizard, 'fast3', '/mnt/fast');
  return wizard;
}

export const REFUSED = {
  'pool-edit': {
    path: `/storage/pools/${id('pool rbd')}`,
    prepare: async (page, mock) => {
      mock.control.refuse = ({ method }) =>
        method === 'PATCH' &&
        problem(422, 'INVALID', 'Host kvm1: the key is wrong. Nothing was changed.', {
          errors: [{ field: 'settings.key', message: 'The cluster does not let the user in.' }],
        });
      await button(page, 'Actions for rbd').click();
      await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await field(dialog, 'Monitors').fill('10.0.0.9');
      await button(dialog, 'Save').click();
      await dialog.getByText('Nothing was changed.', { exact: false }).waitFor();
    },
  },
  'log-in-limited': {
    path: '/',
    control: { loggedIn: false, limited: true },
    prepare: async (page) => {
      await field(page, 'User name').fill('admin');
      await field(page, 'Password').fill('wrong');
      await button(page, 'Log in').click();
    },
  },
  'image-add-refused': {
    path: '/images',
    control: {
      refuse: (request) =>
        request.path.endsWith('/import') &&
        problem(400, 'INVALID', 'There are 2 hosts; say on which the file is.', { field: 'hostId' }),
    },
    prepare: async (page) => {
      await button(page, 'Add image').click();
      await page.getByRole('radio', { name: 'Import from a host' }).check();
      await field(page, 'Path on the host').fill('/srv/bookworm.qcow2');
      await page.getByRole('dialog').getByRole('button', { name: 'Add image' }).click();
      await page.getByText('There are 2 hosts').first().waitFor();
    },
  },
  uploads: {
    path: '/images',
    prepare: async (page, mock) => {
      await uploadThree(page, mock);
      await page.getByText('Waiting: two uploads go on at a time.').waitFor();
    },
  },
  'upload-twice': {
    path: '/images',
    prepare: async (page, mock) => {
      mock.control.uploading = () => new Promise(() => undefined);
      const tab = await page.context().newPage();
      await tab.goto(`${mock.url}/images`);
      await (await openUpload(tab, 'draft')).send();
      await tab.getByText('All of it is sent').waitFor();
      await page.bringToFront();
      await (await openUpload(page, 'draft')).send();
      await page.getByText('in another tab').waitFor();
    },
  },
  'other-user': {
    path: '/storage',
    prepare: async (page, mock) => {
      const wizard = await fillPool(page);
      Object.assign(mock.control, { csrfToken: 'of bob', userName: 'bob' });
      await create(wizard).click();
      await page.getByText('so nothing was done').waitFor();
    },
  },
  'other-user-banner': {
    path: '/',
    prepare: async (page, mock) => {
      Object.assign(mock.control, { csrfToken: 'of bob', userName: 'bob' });
      const tab = await page.context().newPage();
      await tab.goto(mock.url);
      await tab.evaluate(() => new BroadcastChannel('limiquantix-session').postMessage('changed'));
      await page.bringToFront();
      await button(page, 'Understood').waitFor();
    },
  },
  'pool-made-earlier': {
    path: '/storage',
    control: { createPools: true, loseAnswer: (request) => request.method === 'POST' },
    prepare: async (page, mock) => {
      const wizard = await fillPool(page);
      await create(wizard).click();
      await page.getByText('cannot be reached').waitFor();
      mock.control.loseAnswer = undefined;
      await correctDirectory(wizard, '/srv/fast');
      await create(wizard).click();
      await page.getByText('An earlier attempt').waitFor();
    },
  },
  'volume-refused': {
    path: '/storage',
    control: {
      refuse: (request) =>
        request.method === 'POST' &&
        problem(409, 'CONFLICT', 'There is already a volume called data.', { field: 'name' }),
    },
    prepare: async (page) => {
      await button(page, 'Create volume').click();
      await field(page, /^Name/).fill('data');
      await page.getByRole('dialog').getByRole('button', { name: 'Create volume' }).click();
      await page.getByText('There is already').first().waitFor();
    },
  },
};
