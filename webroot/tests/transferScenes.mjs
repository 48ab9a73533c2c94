// Volumes on their way in and out as files.
import { problem } from './mock/api.mjs';
import { id, task } from './mock/data.mjs';
import { exported } from './mock/transfers.mjs';
import { chooseDisk, openVolumeUpload, transferOf } from './volumeUpload.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const field = (page, name) => page.getByRole('textbox', { name });
const MIB = 2 ** 20;
const LONG = `${'a-very-long-name-of-a-disk-'.repeat(2)}01`;

async function openExports(page, name = /^Actions for .*old-data/) {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('menuitem', { name: 'Export or download' }).click();
  return page.getByRole('dialog');
}

async function openExportsOf(page, name) {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  return page.getByRole('dialog');
}

async function upload(page, name) {
  const dialog = await openVolumeUpload(page);
  await chooseDisk(dialog, name, 8 * MIB);
  return { dialog, send: () => button(dialog, 'Upload').click() };
}

async function throttle(page) {
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: MIB / 4 };
  await network.send('Network.emulateNetworkConditions', slow);
}

const isAnnouncement = (request) => request.method === 'POST' && request.path === '/uploads';
const isOf = (path) => (request) => request.path.endsWith(path);
const unavailable = problem(503, 'UNAVAILABLE', 'The service that keeps them does not answer. It may be starting.');

export const TRANSFERS = {
  'volume-upload': { path: '/storage', prepare: (page) => openVolumeUpload(page) },
  'volume-upload-filled': {
    path: '/storage',
    prepare: async (page, mock) => {
      const local = mock.state.pool[0];
      const second = { ...local.hosts[0], hostId: id('host kvm2'), hostName: 'kvm2.example.net', freeBytes: MIB };
      Object.assign(local, { hosts: [...local.hosts, second], version: 9 });
      mock.emit('pool', local);
      const { dialog } = await upload(page, `${LONG}.raw`);
      await dialog.getByLabel('Format of the file').selectOption('qcow2');
      await dialog.getByLabel('Host', { exact: false }).selectOption(id('host kvm2'));
      await field(dialog, 'SHA-256').fill('12');
    },
  },
  'volume-upload-refused': {
    path: '/storage',
    prepare: async (page) => {
      const { dialog, send } = await upload(page, 'disk.qcow2');
      await field(dialog, /^Name/).fill('hello-disk0');
      await send();
      await page.getByText('already holds').first().waitFor();
    },
  },
  'volume-upload-failing': {
    path: '/storage',
    control: { refuse: (request) => isAnnouncement(request) && unavailable },
    prepare: async (page) => {
      const { send } = await upload(page, 'disk.qcow2');
      await send();
      await page.getByText('It may be starting').waitFor();
    },
  },
  'volume-upload-long': { path: '/storage', mode: 'long', prepare: (page) => openVolumeUpload(page) },
  'volume-uploads': {
    path: '/storage',
    prepare: async (page, mock) => {
      mock.control.refuse = (request) =>
        isOf('/content')(request) &&
        problem(409, 'NO_CAPACITY', 'The file has 8388608 bytes and the pool has room for 5; free some first.');
      const failed = await upload(page, `${LONG}.qcow2`);
      await failed.send();
      await page.getByText('free some first').waitFor();
      mock.control.refuse = undefined;
      mock.control.working = () => new Promise(() => undefined);
      const checked = await upload(page, 'checked.qcow2');
      await checked.send();
      await page.getByText('it is being checked').waitFor();
      await throttle(page);
      const slow = await upload(page, 'slow.raw');
      await slow.send();
      await transferOf(page, 'slow')
        .getByText(/ left$/)
        .waitFor();
    },
  },
  exports: {
    path: '/storage',
    prepare: async (page, mock) => {
      const making = exported('old-data-disk0-before-the-upgrade.qcow2', { state: 'MAKING', bytes: 0 });
      mock.state.export.unshift({ ...making, expiresAt: undefined });
      const more = { targetKind: 'export', targetId: making.id, step: 'export' };
      const running = task('volume.export', 'old-data-disk0-before-the-upgrade', 'RUNNING', 37, more);
      mock.state.task.unshift(running);
      mock.emit('task', running, 'created');
      await openExports(page);
      await page.getByText('37%').waitFor();
    },
  },
  'exports-empty': {
    path: '/storage',
    prepare: async (page) => {
      await openExports(page, 'Actions for web-2-disk0');
      await page.getByText('No exports yet').waitFor();
    },
  },
  'exports-vm-runs': { path: '/storage', prepare: (page) => openExports(page, 'Actions for hello-disk0') },
  'exports-long': { path: '/storage', mode: 'long', prepare: (page) => openExports(page, /^Actions for 03-/) },
  'exports-loading': {
    path: '/storage',
    prepare: async (page, mock) => {
      mock.control.slowly = (request) => isOf('/exports')(request) && new Promise(() => undefined);
      await openExports(page);
    },
  },
  'exports-failing': {
    path: '/storage',
    control: { refuse: (request) => (isOf('/exports')(request) || isOf('/snapshots')(request)) && unavailable },
    prepare: async (page) => {
      await openExports(page);
      await page.getByText('could not be read').first().waitFor({ timeout: 9000 });
      await button(page, 'Export').click();
      await page.getByText('It may be starting').nth(1).waitFor();
    },
  },
  'export-failed': {
    path: '/storage',
    control: { failExports: 'The file may take 42949672960 bytes, and the host has room for 5. Free some.' },
    prepare: async (page) => {
      await openExports(page);
      await button(page, 'Export').click();
      await page.getByRole('dialog').getByText('Free some.').waitFor();
    },
  },
  'export-delete': {
    path: '/storage',
    prepare: async (page) => {
      const dialog = await openExports(page);
      await button(dialog, 'Delete').first().click();
    },
  },
  'vm-exports': {
    path: '/vms',
    prepare: async (page, mock) => {
      const origin = { kind: 'VM', id: id('vm web-2') };
      const sha256 = '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea';
      const making = exported('web-2-disk1.qcow2', { origin, state: 'MAKING', bytes: 0 });
      mock.state.export.unshift({ ...making, expiresAt: undefined }, exported('web-2.ova', { origin, sha256 }));
      const more = { targetKind: 'vm', targetId: origin.id, step: 'export disk 1' };
      const running = task('vm.export', 'web-2', 'RUNNING', 37, more);
      mock.state.task.unshift(running);
      mock.emit('task', running, 'created');
      await openExportsOf(page, 'web-2');
      await page.getByText('37%').waitFor();
    },
  },
  'vm-exports-running': { path: '/vms', prepare: (page) => openExportsOf(page, 'web-1') },
  'image-exports': { path: '/images', prepare: (page) => openExportsOf(page, 'debian-13') },
};
