import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { button, openPage, PATIENCE, textBox } from './harness.mjs';

const FILE_BYTES = 4096;
const KEPT_BYTES = 1024;
const area = (page) => page.getByRole('region', { name: 'Uploads' });
const requests = (mock, method) =>
  mock.asked.filter((one) => one.method === method && one.path.endsWith('/content') && one.path.startsWith('/images'));

/** A file of its own, as the browser knows it again by its last change. */
async function makeFile(t, name, byte) {
  const folder = await mkdtemp(join(tmpdir(), 'limiquantix-parts-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, name);
  await writeFile(file, Buffer.alloc(FILE_BYTES, byte));
  return file;
}

/** The connection breaks in the middle of the first part, whose answer is never heard, and all later ones are held. */
function breakOnce(mock) {
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  mock.control.losePart = () => {
    delete mock.control.losePart;
    mock.control.uploading = ({ offset }) => (offset === '0' ? undefined : held);
    return KEPT_BYTES;
  };
  // A browser sends it once more by itself.
  mock.control.loseAnswer = ({ method, offset }) => method === 'PATCH' && offset === '0';
  return () => release();
}

async function send(page, file) {
  await button(page, 'Actions for draft').click();
  await page.getByRole('menuitem', { name: 'Upload its file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Upload the file of draft' });
  await dialog.locator('input[type=file]').setInputFiles(file);
  await button(dialog, 'Upload').click();
  await dialog.waitFor({ state: 'detached' });
}

/** As far as it comes before the tab is gone. */
async function sendAndLeave(t, page, mock, file) {
  const release = breakOnce(mock);
  await send(page, file);
  await area(page)
    .getByText(/It broke off and goes on in/)
    .waitFor();
  page.on('dialog', (warning) => {
    void warning.accept();
  });
  await page.goto(`${mock.url}/hosts`);
  release();
  delete mock.control.uploading;
  delete mock.control.loseAnswer;
  await area(page).getByText('It broke off at 1 KiB of 4 KiB.').waitFor();
  return area(page).getByRole('group', { name: 'The unfinished upload of draft' });
}

test('an upload that broke off says so, and goes on behind what came', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const release = breakOnce(mock);
  await send(page, await makeFile(t, 'tiny.qcow2', 1));
  await area(page)
    .getByText(/It broke off and goes on in \d s\. The server cannot be reached/)
    .waitFor();
  release();
  await area(page).getByText('Sent and checked; it is there.').waitFor();
  const { offset, length } = requests(mock, 'PATCH').at(-1);
  assert.deepEqual([Number(offset), length], [KEPT_BYTES, FILE_BYTES - KEPT_BYTES]);
  assert.equal(requests(mock, 'POST').length, 1);
});

test('an upload whose tab was closed goes on with the same file', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const file = await makeFile(t, 'tiny.qcow2', 1);
  const row = await sendAndLeave(t, page, mock, file);
  await button(row, 'Go on').click();
  const dialog = page.getByRole('dialog', { name: 'Upload the file of draft' });
  await dialog.getByText('1 KiB of 4 KiB came before. Choose tiny.qcow2 once more to go on there.').waitFor();
  await dialog.locator('input[type=file]').setInputFiles(file);
  await dialog.getByText('It goes on there.').waitFor();
  await button(dialog, 'Upload').click();
  await area(page).getByText('Sent and checked; it is there.').waitFor();
  assert.equal(requests(mock, 'POST').length, 1);
  assert.equal(Number(requests(mock, 'PATCH').at(-1).offset), KEPT_BYTES);
  await row.waitFor({ state: 'detached' });
});

test('another file is never mixed with what came of the first, and the dialog says so', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const row = await sendAndLeave(t, page, mock, await makeFile(t, 'tiny.qcow2', 1));
  await button(row, 'Go on').click();
  const dialog = page.getByRole('dialog', { name: 'Upload the file of draft' });
  await dialog.locator('input[type=file]').setInputFiles(await makeFile(t, 'other.qcow2', 2));
  await dialog.getByText('This is another file than tiny.qcow2: it begins anew.').waitFor();
  await button(dialog, 'Upload').click();
  await area(page).getByText('Sent and checked; it is there.').waitFor();
  assert.equal(requests(mock, 'POST').length, 2);
  assert.equal(Number(requests(mock, 'PATCH').at(-1).offset), 0);
});

test('what came of an unfinished upload is forgotten only after a question, and of a cancelled one at once', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const file = await makeFile(t, 'tiny.qcow2', 1);
  const row = await sendAndLeave(t, page, mock, file);
  await button(row, 'Forget').click();
  await button(page.getByRole('dialog', { name: 'Forget what came of draft?' }), 'Forget').click();
  await until('it is forgotten', PATIENCE, () => requests(mock, 'DELETE').length > 0);
  await row.waitFor({ state: 'detached' });
  assert.equal(requests(mock, 'DELETE').length, 1);

  await page.goto(`${mock.url}/images`);
  breakOnce(mock);
  await send(page, file);
  await area(page)
    .getByText(/It broke off/)
    .waitFor();
  await button(page, 'Cancel the upload of draft').click();
  await area(page).getByText('Cancelled.').waitFor();
  await until('it is forgotten too', PATIENCE, () => requests(mock, 'DELETE').length > 1);
});

test('an upload whose session ends meanwhile goes on after the log-in', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const release = breakOnce(mock);
  await send(page, await makeFile(t, 'tiny.qcow2', 1));
  await area(page)
    .getByText(/It broke off and goes on in/)
    .waitFor();
  mock.control.loggedIn = false;
  release();
  const question = page.getByRole('dialog', { name: 'Your session has ended' });
  await textBox(question, 'Password').fill('admin');
  await button(question, 'Log in').click();
  await question.waitFor({ state: 'detached' });
  await area(page).getByText('Sent and checked; it is there.').waitFor();
  assert.equal(requests(mock, 'POST').length, 1);
  assert.equal(Number(requests(mock, 'PATCH').at(-1).offset), KEPT_BYTES);
});
