// Images on their way in, and appliances.
import { appliance } from './mock/appliance.mjs';
import { task } from './mock/data.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const FILE = { name: 'a-very-long-name-of-a-cloud-image-13.qcow2', mimeType: 'application/octet-stream' };
const BYTES = 4096;
const KEPT = 1024;

async function openAdd(page, source) {
  await button(page, 'Add image').first().click();
  await page.getByRole('radio', { name: source }).check();
  return page.getByRole('dialog');
}

async function breakOff(page, mock) {
  mock.control.losePart = () => KEPT;
  mock.control.loseAnswer = ({ method }) => method === 'PATCH';
  await button(page, 'Actions for draft').click();
  await page.getByRole('menuitem', { name: 'Upload its file' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({ ...FILE, buffer: Buffer.alloc(BYTES, 1) });
  await button(dialog, 'Upload').click();
  await page.getByText(/It broke off and goes on in/).waitFor();
}

async function leave(page, mock) {
  await breakOff(page, mock);
  page.on('dialog', (warning) => {
    void warning.accept();
  });
  await page.goto(`${mock.url}/images`);
  await page.getByText(/It broke off at/).waitFor();
}

function addAppliance({ state, emit }) {
  for (const one of appliance()) {
    state.image.push(one);
    emit('image', one, 'created');
  }
}

export const IMAGES = {
  'appliance-details': {
    path: '/images/appliances',
    prepare: async (page, mock) => {
      addAppliance(mock);
      await button(page, 'Actions for mail-relay').click();
      await page.getByRole('menuitem', { name: 'Details' }).click();
      await page.getByText('Example Mail relay 4.2').waitFor();
    },
  },
  'appliance-create': {
    path: '/images/appliances',
    prepare: async (page, mock) => {
      addAppliance(mock);
      await button(page, 'Actions for mail-relay').click();
      await page.getByRole('menuitem', { name: 'Create VM' }).click();
      await page.getByText('mail-relay-disk3 (20 GiB)').waitFor();
    },
  },
  'image-add-web': {
    path: '/images',
    prepare: async (page) => {
      const dialog = await openAdd(page, 'Download from the web');
      await dialog.getByLabel('Address').fill('https://mirror.example.org/pub/debian-13-cloud.raw');
    },
  },
  'image-add-web-wrong': {
    path: '/images',
    prepare: async (page) => {
      const dialog = await openAdd(page, 'Download from the web');
      await dialog.getByLabel('Address').fill('https://me:secret@mirror.example.org/pub/debian-13.raw');
      await dialog.getByLabel('Checksum').fill('12');
    },
  },
  'image-add-foreign': {
    path: '/images',
    prepare: async (page) => {
      const dialog = await openAdd(page, 'Download from the web');
      await dialog.getByLabel('Address').fill('https://mirror.example.org/pub/appliance.vmdk.gz');
    },
  },
  'image-upload-broken-off': { path: '/images', prepare: breakOff },
  'image-upload-unfinished': { path: '/images', prepare: leave },
  'image-upload-go-on': {
    path: '/images',
    prepare: async (page, mock) => {
      await leave(page, mock);
      await button(page, 'Go on').click();
      await page.getByText(/came before/).waitFor();
    },
  },
  'image-upload-forget': {
    path: '/images',
    prepare: async (page, mock) => {
      await leave(page, mock);
      await button(page, 'Forget').click();
    },
  },
  'image-transfers': {
    path: '/images/transfers',
    prepare: async (page, mock) => {
      const at = new Date().toISOString();
      const more = { targetKind: 'image', createdAt: at, startedAt: at, step: 'download' };
      const moved = { bytes: 1.5 * 2 ** 30, totalBytes: 4 * 2 ** 30 };
      const counted = task('image.download', 'fedora-44', 'RUNNING', 35, { ...more, moved });
      const uncounted = task('image.bring', 'debian-13', 'RUNNING', 20, { ...more, moved: { bytes: 2 ** 28 } });
      mock.state.task.unshift(counted, uncounted);
      await page.goto(`${mock.url}/images/transfers`);
      await page.getByText('1.5 GiB of 4 GiB').waitFor();
    },
  },
  'image-transfers-empty': { path: '/images/transfers', mode: 'empty' },
  'image-edit': {
    path: '/images',
    prepare: async (page) => {
      await button(page, 'Actions for debian-13').click();
      await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('not a name');
    },
  },
  'image-details': {
    path: '/images',
    prepare: async (page) => {
      await button(page, 'Actions for debian-13').click();
      await page.getByRole('menuitem', { name: 'Details' }).click();
      await page.getByRole('dialog').getByText('Used by').waitFor();
    },
  },
  'image-download': {
    path: '/images',
    prepare: async (page) => {
      await button(page, 'Actions for evil').click();
      await page.getByRole('menuitem', { name: 'Download its file' }).click();
      await page.getByRole('dialog').getByLabel('Address').fill('file:///etc/passwd');
    },
  },
};
