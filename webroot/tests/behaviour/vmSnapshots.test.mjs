import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { id } from '../mock/data.mjs';
import { button, openPage, PATIENCE } from './harness.mjs';

const table = (page) => page.getByRole('grid', { name: 'Snapshots' });
const row = (page, name) => table(page).getByRole('row').filter({ hasText: name });

async function openSnapshots(t, vm) {
  const opened = await openPage(t, `/vms/${id(`vm ${vm}`)}/snapshots`);
  await opened.page.getByRole('heading', { name: 'No snapshots yet' }).waitFor();
  return opened;
}

async function take(page, name, memory = false) {
  await button(page, 'Take snapshot…').click();
  const dialog = page.getByRole('dialog', { name: /^Take a snapshot/ });
  await dialog.getByLabel('Name').fill(name);
  if (memory) await dialog.getByLabel('Keep the guest’s memory').check();
  await button(dialog, 'Take snapshot').click();
  await row(page, name).getByText('Ready').waitFor();
}

async function choose(page, name, action) {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

test('snapshots of a VM are a tree that says where its disks are', async (t) => {
  const { page } = await openSnapshots(t, 'web-1');
  await take(page, 'first');
  await take(page, 'second');
  await row(page, 'second').getByText('Current').waitFor();
  await row(page, 'second').getByText('File systems frozen').waitFor();
  assert.equal(await row(page, 'first').getByText('Current').count(), 0);
});

test('it says what snapshots take, and warns before the chain of files is too long', async (t) => {
  const { page, mock } = await openSnapshots(t, 'web-1');
  await take(page, 'first');
  await row(page, 'first').getByText('768 MiB').waitFor();
  assert.equal(await page.getByText('read through up to').count(), 0);
  mock.state.chainLength = { [id('vm web-1')]: 31 };
  await take(page, 'second');
  await page.getByText('2 of at most 60 snapshots, 1.5 GiB on the storage').waitFor();
  await page.getByText('read through up to 31 files', { exact: false }).waitFor();
  await page.getByText('At 64 files, or 60 snapshots, no more can be taken', { exact: false }).waitFor();
});

test('snapshots that only the disks know of are told of and found', async (t) => {
  const { page, mock } = await openSnapshots(t, 'web-1');
  assert.equal(await page.getByText('not in this list').count(), 0);
  await take(page, 'first');
  mock.state.unknownSnapshots = { [id('vm web-1')]: 2 };
  await take(page, 'second');
  await page.getByText('The disks have 2 snapshots that are not in this list').waitFor();
  await button(page, 'Find them').click();
  await row(page, 'found-20261130-120002').getByText('Current').waitFor();
  await row(page, 'found-20261130-120001').getByText('Not known').waitFor();
  await page.getByText('not in this list').waitFor({ state: 'detached' });
});

test('a name that is taken is said beside it, and what was typed stays', async (t) => {
  const { page } = await openSnapshots(t, 'web-1');
  await take(page, 'first');
  await button(page, 'Take snapshot…').click();
  const dialog = page.getByRole('dialog', { name: /^Take a snapshot/ });
  await dialog.getByLabel('Name').fill('FIRST');
  await dialog.getByLabel('Description').fill('why');
  await button(dialog, 'Take snapshot').click();
  await dialog.getByText('There is a snapshot called FIRST.').first().waitFor();
  assert.equal(await dialog.getByLabel('Description').inputValue(), 'why');
});

test('one that is off is brought back, and what it holds now is a snapshot then', async (t) => {
  const { page, mock } = await openSnapshots(t, 'web-1');
  await take(page, 'first');
  await take(page, 'second');
  await turnOff(page, mock);
  await choose(page, 'first', 'Revert…');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Its settings are what they were then.').waitFor();
  assert.ok(await dialog.getByLabel('Bring its settings back too').isDisabled());
  await dialog.getByLabel('Name of that snapshot').fill('second');
  await button(dialog, 'Revert').click();
  await dialog.getByText('There is a snapshot called second.').first().waitFor();
  await dialog.getByLabel('Name of that snapshot').fill('present');
  await button(dialog, 'Revert').click();
  await row(page, 'first').getByText('Current').waitFor();
  await row(page, 'present').getByText('Ready').waitFor();
});

test('a running VM is stopped first, which is said, and its settings come back when that is wanted', async (t) => {
  const { page, mock } = await openSnapshots(t, 'web-1');
  await take(page, 'first');
  const vm = mock.state.vm.find((one) => one.name === 'web-1');
  const { vcpus } = vm;
  mock.emit('vm', Object.assign(vm, { vcpus: vcpus + 2, version: vm.version + 1 }));
  await choose(page, 'first', 'Revert…');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('web-1 is on and is forced to stop first').waitFor();
  await dialog.getByText(`It had: ${vcpus} vCPUs; now: ${vcpus + 2} vCPUs`).waitFor();
  await dialog.getByLabel('Keep the present state as a snapshot first').uncheck();
  await dialog.getByText('is lost for good', { exact: false }).waitFor();
  await dialog.getByLabel('Bring its settings back too').check();
  await button(dialog, 'Stop and revert').click();
  await until('it is stopped', PATIENCE, () => vm.powerState === 'STOPPED' && vm.vcpus === vcpus);
  assert.equal(mock.state.vmSnapshot.filter((one) => one.vmId === vm.id).length, 1);
});

async function turnOff(page, mock) {
  const vm = mock.state.vm.find((one) => one.name === 'web-1');
  mock.emit('vm', Object.assign(vm, { powerState: 'STOPPED', version: vm.version + 1 }));
  await until('it is shown to be off', PATIENCE, async () => (await page.getByText('Stopped').count()) > 0);
}

test('a guest goes on from its memory, or only its disks go back', async (t) => {
  const { page, mock } = await openSnapshots(t, 'web-1');
  await take(page, 'whole', true);
  await row(page, 'whole').getByText('Its memory is kept', { exact: false }).waitFor();
  await turnOff(page, mock);
  await choose(page, 'whole', 'Revert…');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('goes on at once from its memory', { exact: false }).waitFor();
  await button(dialog, 'Revert').click();
  await until('it runs', PATIENCE, async () => (await page.getByText('Running', { exact: true }).count()) > 0);
  await turnOff(page, mock);
  await choose(page, 'whole', 'Revert the disks only…');
  await dialog.getByText('The VM stays off', { exact: false }).waitFor();
  await dialog.getByLabel('Keep the present state as a snapshot first').uncheck();
  const asked = page.waitForRequest((request) => request.url().endsWith('/revert?memory=false'));
  await button(dialog, 'Revert the disks').click();
  await asked;
  await row(page, 'whole').getByText('Current').waitFor();
  assert.equal(mock.state.vm.find((one) => one.name === 'web-1').powerState, 'STOPPED');
});

test('a VM that is off has no memory to keep', async (t) => {
  const { page, mock } = await openSnapshots(t, 'web-1');
  await turnOff(page, mock);
  await button(page, 'Take snapshot…').click();
  const dialog = page.getByRole('dialog', { name: /^Take a snapshot/ });
  assert.ok(await dialog.getByLabel('Keep the guest’s memory').isDisabled());
  await dialog.getByText('The VM is off, so it has none.').waitFor();
});

test('one that a disk lacks is broken and can only be deleted', async (t) => {
  const { page, mock } = await openSnapshots(t, 'web-1');
  await take(page, 'first');
  const [first] = mock.state.vmSnapshot.filter((one) => one.name === 'first');
  Object.assign(first, { state: 'BROKEN', missingOn: [first.disks[0].volumeId] });
  await take(page, 'second');
  await row(page, 'first').getByText('Broken').waitFor();
  await row(page, 'first').getByText(first.disks[0].volumeId, { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Actions for first' }).click();
  const entry = page.getByRole('menuitem', { name: /^Revert…/ });
  await entry.getByText('it can only be deleted', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
  await choose(page, 'first', 'Delete');
  await button(page.getByRole('dialog'), 'Delete').click();
  await row(page, 'first').waitFor({ state: 'detached' });
});

test('one is deleted from between others, or with all that came of it', async (t) => {
  const { page } = await openSnapshots(t, 'web-1');
  for (const name of ['first', 'second', 'third']) await take(page, name);
  await choose(page, 'second', 'Delete');
  await button(page.getByRole('dialog'), 'Delete').click();
  await row(page, 'second').waitFor({ state: 'detached' });
  await row(page, 'third').getByText('Current').waitFor();
  await choose(page, 'first', 'Delete with all below');
  await button(page.getByRole('dialog'), 'Delete 2 snapshots').click();
  await page.getByRole('heading', { name: 'No snapshots yet' }).waitFor();
});

test('a snapshot gets another name', async (t) => {
  const { page } = await openSnapshots(t, 'web-1');
  await take(page, 'first');
  await choose(page, 'first', 'Edit');
  const dialog = page.getByRole('dialog', { name: 'Edit the snapshot first' });
  await dialog.getByLabel('Name').fill('installed');
  await button(dialog, 'Save').click();
  await row(page, 'installed').waitFor();
});
