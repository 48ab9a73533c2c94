import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../mock/api.mjs';
import { GIB, id } from '../mock/data.mjs';
import { until } from '../e2e/until.mjs';
import { button, openPage, textBox, PATIENCE } from './harness.mjs';

const row = (page, name) =>
  page.getByRole('grid', { name: 'Volumes', exact: true }).getByRole('row').filter({ hasText: name });
const RESIZE = `/volumes/${id('volume old-data')}/resize`;
const isResize = (request) => request.path === RESIZE;

test('a volume is grown where its size stands; what is refused is said there and keeps what was typed', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const volume = row(page, 'old-data-disk0');
  await button(volume, 'Change the size of old-data-disk0').click();
  const size = volume.getByRole('spinbutton');
  await size.fill('39');
  await volume.getByText('It has 40 GiB and can only grow.').waitFor();
  assert.ok(await button(volume, 'Grow old-data-disk0').isDisabled());
  mock.control.refuse = (request) => isResize(request) && problem(409, 'NO_CAPACITY', 'The pool has no room.');
  await size.fill('60');
  await size.press('Enter');
  await volume.getByText('The pool has no room.').waitFor();
  assert.equal(await size.inputValue(), '60');
  delete mock.control.refuse;
  await button(volume, 'Grow old-data-disk0').click();
  await volume.getByText('60 GiB').waitFor();
  assert.deepEqual(mock.asked.findLast(isResize).body, { sizeBytes: 60 * GIB });
  await button(volume, 'Change the size of old-data-disk0').click();
  await size.press('Escape');
  await size.waitFor({ state: 'detached' });
});

test('a copy into another pool says in the table how far it is', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const held = [];
  mock.control.working = (task) => new Promise((release) => held.push({ task, release }));
  await button(page, 'Actions for old-data-disk0').click();
  await page.getByRole('menuitem', { name: 'Clone or copy' }).click();
  const dialog = page.getByRole('dialog');
  await textBox(dialog, 'Name').fill('moved');
  await dialog.getByLabel('Pool').selectOption({ label: 'rbd' });
  await button(dialog, 'Copy').click();
  await until('the copy has begun', PATIENCE, () => held.length === 1);
  const { task, release } = held[0];
  Object.assign(task, { progress: 42, version: task.version + 1 });
  mock.emit('task', task);
  await row(page, 'moved').getByText('42%').waitFor();
  release();
  await row(page, 'moved').getByText('Ready', { exact: true }).waitFor();
  await row(page, 'moved').getByRole('progressbar').waitFor({ state: 'detached' });
});
