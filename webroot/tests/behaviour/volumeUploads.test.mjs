import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../mock/api.mjs';
import { id } from '../mock/data.mjs';
import { until } from '../e2e/until.mjs';
import { chooseDisk, dropDisk, openVolumeUpload, transferOf } from '../volumeUpload.mjs';
import { button, openFromMenu, openPage, textBox, PATIENCE } from './harness.mjs';

const MIB = 2 ** 20;
const RIGHT = 'a'.repeat(64);
const WRONG = 'b'.repeat(64);

const asked = (mock, method, path) => mock.asked.filter((one) => one.method === method && path.test(one.path));
const announced = (mock) => asked(mock, 'POST', /^\/uploads$/);
const forgotten = (mock) => asked(mock, 'DELETE', /^\/uploads\//);
const sent = (mock) => asked(mock, 'PUT', /^\/uploads\/.*\/content$/);
const volume = (page, name) =>
  page.getByRole('grid', { name: 'Volumes', exact: true }).getByRole('row').filter({ hasText: name });

async function upload(page, dialog) {
  await button(dialog, 'Upload').click();
  await dialog.waitFor({ state: 'detached' });
}

test('a file of this computer becomes a volume of the pool that was chosen', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await openVolumeUpload(page);
  assert.ok(await button(dialog, 'Upload').isDisabled(), 'A file is needed.');
  await chooseDisk(dialog, 'Disk 1 (old).img', 3 * MIB);
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'Disk-1-old');
  await until('the file is looked into', PATIENCE, async () => {
    const format = await dialog.getByLabel('Format of the file').inputValue();
    return format === 'qcow2';
  });
  await dialog.getByLabel('Pool').selectOption(id('pool rbd'));
  await textBox(dialog, 'SHA-256').fill(RIGHT);
  await upload(page, dialog);
  await transferOf(page, 'Disk-1-old').getByText('Sent and checked; it is there.').waitFor();
  await volume(page, 'Disk-1-old').getByRole('link', { name: 'rbd' }).waitFor();
  const body = { name: 'Disk-1-old', poolId: id('pool rbd'), format: 'qcow2', sha256: RIGHT };
  assert.deepEqual(
    announced(mock).map((request) => request.body),
    [body],
  );
  assert.deepEqual(
    sent(mock).map((request) => request.length),
    [3 * MIB],
  );
  await button(page, 'Dismiss the upload of Disk-1-old').click();
  await transferOf(page, 'Disk-1-old').waitFor({ state: 'detached' });
  assert.equal(forgotten(mock).length, 0);
});

test('a file is dropped on the dialog of a pool, which asks for the host where that makes a difference', async (t) => {
  const { page, mock } = await openPage(t, `/storage/pools/${id('pool local')}`);
  const local = mock.state.pool.find((pool) => pool.name === 'local');
  const second = { ...local.hosts[0], hostId: id('host kvm2'), hostName: 'kvm2.example.net', freeBytes: 2 * MIB };
  Object.assign(local, { hosts: [...local.hosts, second], version: local.version + 1 });
  mock.emit('pool', local);
  const dialog = await openVolumeUpload(page);
  await dropDisk(dialog, 'dropped.raw', 3 * MIB);
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'dropped');
  const host = dialog.getByLabel('Host', { exact: false });
  await host.waitFor();
  assert.ok(await button(dialog, 'Upload').isDisabled(), 'A host is needed.');
  await host.selectOption(id('host kvm2'));
  await dialog.getByText('The file has 3 MiB, and 2 MiB are free there.').waitFor();
  await host.selectOption(id('host kvm1'));
  await dialog.getByLabel('Format of the file').selectOption('qcow2');
  await dialog.getByText('As qcow2 it is refused.').waitFor();
  await dialog.getByLabel('Format of the file').selectOption('raw');
  await upload(page, dialog);
  await volume(page, 'dropped').waitFor();
  const body = { name: 'dropped', poolId: id('pool local'), format: 'raw', hostId: id('host kvm1') };
  assert.deepEqual(announced(mock)[0].body, body);
});

test('what the server refuses is said beside the field, and nothing that was typed is lost', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await openVolumeUpload(page);
  await chooseDisk(dialog, 'disk.qcow2', MIB);
  await textBox(dialog, 'Name').fill('hello-disk0');
  await textBox(dialog, 'SHA-256').fill(RIGHT);
  await button(dialog, 'Upload').click();
  await dialog.locator('#upload-name-hint').getByText('already holds a volume called hello-disk0').waitFor();
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'hello-disk0');
  assert.equal(await textBox(dialog, 'SHA-256').inputValue(), RIGHT);
  assert.equal(await dialog.locator('#upload-file-filename').inputValue(), 'disk.qcow2');
  await textBox(dialog, 'Name').fill('hello-again');
  await upload(page, dialog);
  await volume(page, 'hello-again').waitFor();
  const [first, second] = announced(mock);
  assert.notEqual(first.key, second.key);
});

test('an announcement that fails or whose answer is lost makes one upload, and the form stays', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await openVolumeUpload(page);
  await chooseDisk(dialog, 'found.qcow2', MIB);
  const isAnnouncement = (request) => request.method === 'POST' && request.path === '/uploads';
  mock.control.refuse = (request) =>
    isAnnouncement(request) && problem(503, 'UNAVAILABLE', 'The service that keeps them does not answer.');
  await button(dialog, 'Upload').click();
  await dialog.getByText('The service that keeps them does not answer.').waitFor();
  delete mock.control.refuse;
  mock.control.loseAnswer = isAnnouncement;
  await button(dialog, 'Upload').click();
  await dialog.getByText('The server cannot be reached.').waitFor();
  delete mock.control.loseAnswer;
  await upload(page, dialog);
  await volume(page, 'found').waitFor();
  const [, lost, repeated] = announced(mock);
  assert.equal(lost.key, repeated.key);
  assert.equal(sent(mock).length, 1);
});

test('an upload says its rate and how long it takes, and leaves nothing when it is cancelled', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const network = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 0.1 * MIB };
  const dialog = await openVolumeUpload(page);
  await chooseDisk(dialog, 'big.raw', 4 * MIB);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', slow);
  await upload(page, dialog);
  const row = transferOf(page, 'big');
  await row.getByText(/ of 4 MiB, .* (KiB|MiB)\/s, \d+ s left$/).waitFor();
  await button(row, 'Cancel the upload of big').click();
  await row.getByText('Cancelled.').waitFor();
  await until('the server is told to forget it', PATIENCE, () => forgotten(mock).length === 1);
  assert.equal(await volume(page, 'big').count(), 0);
  await button(row, 'Try again: the upload of big').click();
  const again = page.getByRole('dialog', { name: 'Upload volume' });
  assert.equal(await again.locator('#upload-file-filename').inputValue(), 'big.raw');
});

test('an upload goes on while its person looks at other pages', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const held = [];
  mock.control.uploading = () => new Promise((resolve) => held.push(resolve));
  const dialog = await openVolumeUpload(page);
  await chooseDisk(dialog, 'travels.qcow2', MIB);
  await upload(page, dialog);
  await until('the upload has begun', PATIENCE, () => held.length === 1);
  await openFromMenu(page, 'Hosts');
  await transferOf(page, 'travels').getByText('All of it is sent; the host writes the last of it.').waitFor();
  await openFromMenu(page, 'Images');
  held[0]();
  await transferOf(page, 'travels').getByText('Sent and checked; it is there.').waitFor();
  await openFromMenu(page, 'Storage');
  await volume(page, 'travels').waitFor();
});

test('bytes that are refused can be corrected and sent again with all that was typed', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await openVolumeUpload(page);
  await chooseDisk(dialog, 'disk.qcow2', MIB);
  await textBox(dialog, 'Name').fill('typed');
  await textBox(dialog, 'SHA-256').fill(WRONG);
  mock.control.refuse = (request) =>
    request.path.endsWith('/content') && problem(409, 'NO_CAPACITY', 'The pool has room for 5 bytes; free some first.');
  await upload(page, dialog);
  const row = transferOf(page, 'typed');
  await row.getByText('The pool has room for 5 bytes').waitFor();
  delete mock.control.refuse;
  await button(row, 'Try again: the upload of typed').click();
  await upload(page, dialog);
  await row.getByText('another SHA-256 than was announced').waitFor();
  assert.equal(await row.count(), 1);
  await button(row, 'Try again: the upload of typed').click();
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'typed');
  assert.equal(await textBox(dialog, 'SHA-256').inputValue(), WRONG);
  await textBox(dialog, 'SHA-256').fill(RIGHT);
  await upload(page, dialog);
  await row.getByText('Sent and checked; it is there.').waitFor();
  await volume(page, 'typed').waitFor();
  assert.equal(announced(mock).length, 3);
  assert.equal(forgotten(mock).length, 2);
});

test('where nothing can be put, the button says why', async (t) => {
  const { page } = await openPage(t, `/storage/pools/${id('pool fast')}`);
  await button(page, 'Upload volume').focus();
  await page.getByText('The pool is in maintenance.').waitFor();
});
