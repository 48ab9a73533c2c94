import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { problem } from '../mock/api.mjs';
import { id } from '../mock/data.mjs';
import { until } from '../e2e/until.mjs';
import { button, openPage, PATIENCE, sent } from './harness.mjs';

const OLD_DATA = `/volumes/${id('volume old-data')}/exports`;
const asked = (mock, method, path) => mock.asked.filter((one) => one.method === method && one.path === path);
const isBegin = (request) => request.method === 'POST' && request.path === OLD_DATA;
const file = (dialog, name) => dialog.getByRole('row').filter({ has: dialog.page().getByText(name, { exact: true }) });

async function openExports(page, volume) {
  await button(page, `Actions for ${volume}`).click();
  await page.getByRole('menuitem', { name: 'Export or download' }).click();
  return page.getByRole('dialog', { name: `Exports of ${volume}` });
}

/** Tasks that the mock holds until they are let go. */
function holdTasks(mock) {
  const held = [];
  mock.control.working = (task) => new Promise((release) => held.push({ task, release }));
  return held;
}

const NAME = 'old-data-disk0-before-the-upgrade.qcow2';

test('a snapshot is exported, its progress is seen, and the file is fetched', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const held = holdTasks(mock);
  const dialog = await openExports(page, 'old-data-disk0');
  await dialog.getByLabel('What to export').selectOption({ label: 'Snapshot before-the-upgrade' });
  await button(dialog, 'Export').click();
  const row = file(dialog, NAME);
  await row.getByText('Being made').waitFor();
  await until('the export has begun', PATIENCE, () => held.length === 1);
  const { task, release } = held[0];
  Object.assign(task, { progress: 55, version: task.version + 1 });
  mock.emit('task', task);
  await row.getByText('55%').waitFor();
  release();
  await row.getByText('Ready', { exact: true }).waitFor();
  await row.getByText('For 23 h 59 min').waitFor();
  const download = page.waitForEvent('download');
  await row.getByRole('link', { name: 'Download' }).click();
  const fetched = await download;
  assert.equal(fetched.suggestedFilename(), NAME);
  assert.equal(await readFile(await fetched.path(), 'utf8'), `the bytes of ${NAME}`);
  assert.deepEqual(asked(mock, 'POST', OLD_DATA)[0].body, { format: 'qcow2', snapshotId: id('snapshot before') });
});

test('an export that is not wanted any more is cancelled', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  holdTasks(mock);
  const dialog = await openExports(page, 'old-data-disk0');
  await dialog.getByLabel('What to export').selectOption({ label: 'Snapshot before-the-upgrade' });
  await button(dialog, 'Export').click();
  const row = file(dialog, NAME);
  await button(row, 'Cancel').click();
  await button(page.getByRole('dialog', { name: 'Cancel this task?' }), 'Cancel the task').click();
  await row.waitFor({ state: 'detached' });
});

test('a file that has expired or whose host is away says so, and an expired one is deleted', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await openExports(page, 'old-data-disk0');
  const expired = file(dialog, 'old-data-disk0.raw');
  await expired.getByText('It has expired. Export the volume again.').waitFor();
  assert.equal(await button(expired, 'Download').getAttribute('aria-disabled'), 'true');
  const away = file(dialog, 'old-data-disk0-before-the-upgrade.raw');
  await away.getByText('Host away').waitFor();
  await away.getByText('It lies on kvm2.example.net, which is down now.').waitFor();
  await button(expired, 'Delete').click();
  await button(page.getByRole('dialog', { name: /Delete the file/ }), 'Delete').click();
  await expired.waitFor({ state: 'detached' });
  assert.equal((await sent(mock, 'DELETE', `${OLD_DATA}/${id('export old-data-disk0.raw')}`)).length, 1);
});

test('a file that is gone when it is fetched says why', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await openExports(page, 'old-data-disk0');
  const row = file(dialog, 'old-data-disk0.qcow2');
  mock.control.refuse = (request) =>
    request.path.endsWith('/content') && problem(503, 'UNAVAILABLE', 'The host that has the file does not answer.');
  await row.getByRole('link', { name: 'Download' }).click();
  await page.getByText('The host that has the file does not answer.').waitFor();
});

test('an export that is refused keeps what was chosen; one that fails says why where it was asked for', async (t) => {
  const { page, mock } = await openPage(t, '/storage', 'full', { failExports: "The host's disk has no room." });
  const dialog = await openExports(page, 'old-data-disk0');
  await dialog.getByLabel('Format').selectOption('raw');
  mock.control.refuse = (request) => isBegin(request) && problem(409, 'CONFLICT', 'The volume is not ready.');
  await button(dialog, 'Export').click();
  await dialog.getByText('The volume is not ready.').waitFor();
  assert.equal(await dialog.getByLabel('Format').inputValue(), 'raw');
  mock.control.refuse = (request) => isBegin(request) && problem(504, 'TIMEOUT', 'No answer in time.');
  await button(dialog, 'Export').click();
  await dialog.getByText('No answer in time.').waitFor();
  delete mock.control.refuse;
  await button(dialog, 'Export').click();
  await dialog.getByText("The host's disk has no room.").waitFor();
  const [refused, unknown, repeated] = asked(mock, 'POST', OLD_DATA);
  assert.notEqual(refused.key, unknown.key);
  assert.equal(unknown.key, repeated.key);
});

test('that the exports cannot be read is said in their place, and can be tried again', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  mock.control.refuse = (request) =>
    request.method === 'GET' && request.path === OLD_DATA && problem(400, 'INVALID', 'Not so.');
  const dialog = await openExports(page, 'old-data-disk0');
  await dialog.getByText('The exports could not be read').waitFor();
  delete mock.control.refuse;
  await button(dialog, 'Try again').click();
  await file(dialog, 'old-data-disk0.qcow2').waitFor();
});

test('a volume whose VM runs is exported only where its pool can keep it as it is', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await openExports(page, 'web-1-disk0');
  await dialog.getByText('Shut the VM down first.').waitFor();
  assert.ok(await button(dialog, 'Export').isDisabled());
  await dialog.getByText('No exports yet').waitFor();
  await button(dialog, 'Close').click();
  const cloned = mock.state.volume.find((volume) => volume.name === 'cloned-disk0');
  Object.assign(cloned, { attachments: [{ vmId: id('vm hello'), readOnly: false }], version: cloned.version + 1 });
  mock.emit('volume', cloned);
  const live = await openExports(page, 'cloned-disk0');
  await button(live, 'Export').click();
  await file(live, 'cloned-disk0.qcow2').getByText('Ready', { exact: true }).waitFor();
});
