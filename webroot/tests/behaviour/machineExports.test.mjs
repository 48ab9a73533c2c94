import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../mock/api.mjs';
import { id } from '../mock/data.mjs';
import { until } from '../e2e/until.mjs';
import { button, openPage, PATIENCE } from './harness.mjs';

const asked = (mock, path) => mock.asked.filter((one) => one.method === 'POST' && one.path === path);
const file = (dialog, name) => dialog.getByRole('row').filter({ has: dialog.page().getByText(name, { exact: true }) });
const formats = (dialog) => dialog.getByLabel('Format').locator('option').allTextContents();

async function openExports(page, name) {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  return page.getByRole('dialog', { name: `Exports of ${name}` });
}

test('a VM that is off is exported whole, its progress is seen, and the file is fetched', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  const held = [];
  mock.control.working = (task) => new Promise((release) => held.push({ task, release }));
  const dialog = await openExports(page, 'web-2');
  await button(dialog, 'Export').click();
  const row = file(dialog, 'web-2.ova');
  await row.getByText('Being made').waitFor();
  await until('the export has begun', PATIENCE, () => held.length === 1);
  const [{ task, release }] = held;
  Object.assign(task, { progress: 55, version: task.version + 1 });
  mock.emit('task', task);
  await row.getByText('55%').waitFor();
  release();
  await row.getByText('Ready', { exact: true }).waitFor();
  await row.getByText(/SHA-256 c0ffee42/).waitFor();
  const download = page.waitForEvent('download');
  await row.getByRole('link', { name: 'Download' }).click();
  assert.equal((await download).suggestedFilename(), 'web-2.ova');
  assert.deepEqual(asked(mock, `/vms/${id('vm web-2')}/exports`)[0].body, { format: 'ova' });
});

test('each disk of a VM is a file of its own in other formats, and one of them is deleted', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  const vm = mock.state.vm.find((one) => one.name === 'web-2');
  const [disk] = vm.disks;
  Object.assign(vm, { disks: [disk, { ...disk, volumeId: id('volume data') }], version: vm.version + 1 });
  mock.emit('vm', vm);
  const dialog = await openExports(page, 'web-2');
  await dialog.getByLabel('Format').selectOption('raw');
  await button(dialog, 'Export').click();
  await file(dialog, 'web-2-disk1.raw').getByText('Ready', { exact: true }).waitFor();
  const second = file(dialog, 'web-2-disk2.raw');
  await button(second, 'Delete').click();
  const confirm = page.getByRole('dialog', { name: /Delete the file/ });
  await confirm.getByText('The virtual machine itself stays as it is.').waitFor();
  await button(confirm, 'Delete').click();
  await second.waitFor({ state: 'detached' });
});

test('a VM that runs says why it is not exported, until it is off', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${id('vm web-1')}`);
  const dialog = await openExports(page, 'web-1');
  await dialog.getByText('Shut it down first').waitFor();
  assert.ok(await button(dialog, 'Export').isDisabled());
  const vm = mock.state.vm.find((one) => one.name === 'web-1');
  Object.assign(vm, { powerState: 'STOPPED', version: vm.version + 1 });
  mock.emit('vm', vm);
  await dialog.getByText('Shut it down first').waitFor({ state: 'detached' });
  mock.control.refuse = (request) =>
    request.method === 'POST' && problem(409, 'CONFLICT', 'The virtual machine web-1 is not off.');
  await dialog.getByLabel('Format').selectOption('qcow2');
  await button(dialog, 'Export').click();
  await dialog.getByText('The virtual machine web-1 is not off.').waitFor();
  assert.equal(await dialog.getByLabel('Format').inputValue(), 'qcow2');
});

test('an image is exported as it is first, an ISO in no other way, and a draft not at all', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const dialog = await openExports(page, 'debian-13');
  assert.match((await formats(dialog))[0], /^qcow2, as it is/);
  assert.equal((await formats(dialog)).length, 3);
  await button(dialog, 'Export').click();
  await file(dialog, 'debian-13.qcow2').getByText('Ready', { exact: true }).waitFor();
  assert.deepEqual(asked(mock, `/images/${id('image debian')}/exports`)[0].body, { format: 'qcow2' });
  await button(dialog, 'Close').click();

  const draft = mock.state.image.find((image) => image.state === 'DRAFT' && image.format !== 'iso');
  await button(page, `Actions for ${draft.name}`).click();
  const item = page.getByRole('menuitem', { name: 'Export…' });
  await item.hover();
  await page.getByText('It has no file yet that was checked.').first().waitFor();
  assert.equal(await item.getAttribute('aria-disabled'), 'true');
});
