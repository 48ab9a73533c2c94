import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofVolume } from '../diskActions.mjs';
import { problem } from '../mock/api.mjs';
import { id } from '../mock/data.mjs';
import { button, openPage, textBox } from './harness.mjs';

const asked = (mock, method, path) => mock.asked.filter((one) => one.method === method && one.path === path);
const volumeRow = (page, name) =>
  page.getByRole('grid', { name: 'Volumes', exact: true }).getByRole('row').filter({ hasText: name });

test('a raw volume becomes shareable and ceases to be, as it was read', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await ofVolume(page, 'scratch-disk0', 'Make shareable');
  await dialog.getByText('cluster file system').waitFor();
  mock.control.refuse = (request) =>
    request.path.endsWith('/shareable') && problem(412, 'CONFLICT', 'Somebody else changed the volume meanwhile.');
  await button(dialog, 'Make shareable').click();
  await dialog.getByText('Somebody else changed the volume meanwhile.').waitFor();
  delete mock.control.refuse;
  const sent = page.waitForRequest((request) => request.url().endsWith('/shareable'));
  await button(dialog, 'Make shareable').click();
  await volumeRow(page, 'scratch').getByText('Several VMs may have it').waitFor();
  assert.equal((await sent).headers()['if-match'], '"1"');
  const last = asked(mock, 'PUT', `/volumes/${id('volume scratch')}/shareable`).at(-1);
  assert.deepEqual(last.body, { shareable: true });
  await button(page, 'Actions for scratch-disk0').click();
  await page.getByRole('menuitem', { name: 'End sharing', exact: true }).click();
  await volumeRow(page, 'scratch').getByText('Several VMs may have it').waitFor({ state: 'detached' });
});

test('what keeps a volume from being shared or attached is said in its menu', async (t) => {
  const { page } = await openPage(t, '/storage');
  const why = (action, reason) => page.getByRole('menuitem', { name: action }).getByText(reason).waitFor();
  await button(page, 'Actions for web-1-disk0').click();
  await why(/^Attach to VM/, 'web-1 has it.');
  await why(/^Detach/, 'web-1 boots from it.');
  await why(/^Make shareable/, 'It is qcow2');
  await page.keyboard.press('Escape');
  await button(page, 'Actions for shared-disk0').click();
  await why(/^End sharing/, 'hello and web-1 have it. Detach it first.');
  await why(/^Grow/, 'Several VMs have it.');
});

test('a volume that several VMs may use is made raw', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  await button(page, 'Create volume').click();
  const dialog = page.getByRole('dialog');
  await textBox(dialog, 'Name').fill('quorum');
  await dialog.getByLabel('Format').selectOption('qcow2');
  await dialog.getByLabel('Several VMs may use it at once').check();
  await dialog.getByText('always raw').waitFor();
  assert.equal(await dialog.getByLabel('Format').inputValue(), 'raw');
  await button(dialog, 'Create volume').click();
  await dialog.waitFor({ state: 'detached' });
  const { body } = asked(mock, 'POST', '/volumes')[0];
  assert.equal(body.format, 'raw');
  assert.equal(body.shareable, true);
  await volumeRow(page, 'quorum').getByText('Several VMs may have it').waitFor();
});
