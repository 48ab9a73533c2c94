import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, heading, openFromMenu, openPage, textBox, vmRow } from './harness.mjs';

test('a list of 10,000 VMs shows its first page, turns and searches without reading them all', async (t) => {
  const { page } = await openPage(t, '/hosts', 'crowd');
  await heading(page, 'Hosts').waitFor();
  const asked = [];
  page.on('request', (request) => request.url().includes('/api/v1/vms') && asked.push(request.url()));
  await openFromMenu(page, 'Virtual machines');
  await vmRow(page, 'vm-00001').waitFor();
  await button(page, 'Next').click();
  await vmRow(page, 'vm-00101').waitFor();
  await vmRow(page, 'vm-00001').waitFor({ state: 'detached' });
  await button(page, 'Previous').click();
  await vmRow(page, 'vm-00001').waitFor();
  await textBox(page, 'Find by name, folder:, label: or os:').pressSequentially('vm-0987');
  await vmRow(page, 'vm-09876').waitFor();
  await vmRow(page, 'vm-00001').waitFor({ state: 'detached' });
  await page.getByText('10 match', { exact: true }).waitFor();
  assert.equal(await page.getByRole('row').count(), 11);
  assert.ok(asked.length <= 4, `It asked ${asked.length} times: ${asked.join(' ')}`);
});

test('the list follows VMs that come, change and go', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  const row = vmRow(page, 'hello');
  await row.getByText('Running', { exact: true }).waitFor();
  const hello = mock.state.vm.find((vm) => vm.name === 'hello');
  mock.emit('vm', { ...hello, powerState: 'PAUSED', version: 50 });
  await row.getByText('Paused').waitFor();
  mock.emit('vm', { ...hello, powerState: 'RUNNING', version: 49 });
  const made = { ...hello, id: '0192e000-0000-7000-8000-aaaaaaaaaaaa', name: 'newcomer' };
  mock.state.vm.push(made);
  mock.emit('vm', made, 'created');
  await vmRow(page, 'newcomer').waitFor();
  mock.state.vm.splice(mock.state.vm.indexOf(hello), 1);
  mock.emit('vm', hello, 'deleted');
  await row.waitFor({ state: 'detached' });
});

test('a failed answer can be asked for again', async (t) => {
  const { page, mock } = await openPage(t, '/storage', 'broken');
  await page.getByText('The server made a mistake.').waitFor();
  mock.control.mode = 'full';
  await button(page, 'Try again').click();
  await page.getByRole('link', { name: 'local', exact: true }).first().waitFor();
});

test('a task is found by its state, read and cancelled', async (t) => {
  const { page } = await openPage(t, '/tasks');
  await button(page, 'Failed').click();
  await page.getByText('The volume web-2-disk0 is used by another VM.').waitFor();
  assert.equal(await page.getByText('Succeeded', { exact: true }).count(), 1, 'Only the button says so.');
  await button(page, 'Running').click();
  await button(page, 'Log of Create VM build').click();
  await page.getByText('Cloned the disk from debian-13').waitFor();
  await button(page, 'Cancel').click();
  await button(page, 'Cancel the task').click();
  await page.getByText('Nothing runs now').waitFor();
});

test('what changes before the page hears of changes is not missed', async (t) => {
  const { page, mock } = await openPage(t, '/vms', 'full', { noStream: true });
  const row = vmRow(page, 'hello');
  await row.getByText('Running', { exact: true }).waitFor();
  const hello = mock.state.vm.find((vm) => vm.name === 'hello');
  Object.assign(hello, { powerState: 'PAUSED', version: 50 });
  mock.control.noStream = false;
  await row.getByText('Paused', { exact: true }).waitFor();
});
