import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { problem } from '../mock/api.mjs';
import { button, openPage, PATIENCE, sent, vmRow } from './harness.mjs';
import { until } from '../e2e/until.mjs';

const tick = (page, name) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
const bar = (page) => page.getByLabel('Selected VMs');
const asked = (mock, method, path) => mock.asked.filter((one) => one.method === method && one.path === path);

test('what is ticked stays ticked on other pages', async (t) => {
  const { page } = await openPage(t, '/vms', 'crowd');
  await tick(page, 'vm-00001');
  await button(page, 'Next').click();
  await tick(page, 'vm-00101');
  await bar(page).getByText('2 selected, 1 of them on other pages').waitFor();
});

test('all that match are ticked across pages, no more than can be looked over', async (t) => {
  const { page } = await openPage(t, '/vms?find=vm-00', 'crowd');
  await vmRow(page, 'vm-00001').waitFor();
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
  await button(page, 'Select all 999 that match').click();
  await bar(page).getByText('999 selected, 899 of them on other pages').waitFor();
  await page.goto(`${new URL(page.url()).origin}/vms`);
  await page.getByText('10,000 virtual machines').waitFor();
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
  await button(page, 'Select the first 1,000 of 10,000 that match').click();
  await bar(page).getByText('1,000 selected, 900 of them on other pages').waitFor();
});

test('a selection is deleted after it was said which disks go', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  await tick(page, 'hello');
  await tick(page, 'web-2');
  await button(bar(page), 'Delete').click();
  const dialog = page.getByRole('dialog', { name: 'Stop and delete: 2 VMs' });
  await dialog.getByText('1 of them runs and will be stopped at once.').waitFor();
  await dialog.getByText('lost for good: 2 disks with 20 GiB. What was attached to them stays: 1 volume.').waitFor();
  await dialog.getByText('its disk (10 GiB) goes, 1 attached volume stays').waitFor();
  mock.control.refuse = ({ method, path }) =>
    method === 'DELETE' && path === `/vms/${id('vm web-2')}` && problem(409, 'CONFLICT', 'A task works on it.');
  await button(dialog, 'Stop and delete').click();
  await dialog.getByText('web-2: A task works on it.').waitFor();
  await sent(mock, 'DELETE', `/vms/${id('vm hello')}`);
  mock.control.refuse = undefined;
  await button(dialog, 'Try again').click();
  await dialog.waitFor({ state: 'detached' });
  await vmRow(page, 'web-2').waitFor({ state: 'detached' });
  assert.equal(asked(mock, 'DELETE', `/vms/${id('vm hello')}`).length, 1);
  assert.equal(asked(mock, 'DELETE', `/vms/${id('vm hello')}`)[0].query.get('force'), 'true');
});

test('labels are added to a selection and taken away, also where somebody else was first', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  await vmRow(page, 'web-1').waitFor();
  const web1 = mock.state.vm.find((vm) => vm.name === 'web-1');
  const web2 = mock.state.vm.find((vm) => vm.name === 'web-2');
  await tick(page, 'web-1');
  await tick(page, 'web-2');
  const had = Object.keys(web1.labels);
  await button(bar(page), 'Labels').click();
  const dialog = page.getByRole('dialog', { name: 'Change labels: 2 VMs' });
  await dialog.getByRole('textbox', { name: 'Add' }).fill('owner=ada');
  await dialog.getByRole('checkbox', { name: new RegExp(`^${had[0]} `) }).check();
  // Nobody hears of it, so the page asks from an old version.
  Object.assign(web2, { version: 40, labels: { theirs: 'yes' } });
  await button(dialog, 'Change labels').click();
  await dialog.waitFor({ state: 'detached' });
  await until('both have it', PATIENCE, () => web1.labels.owner === 'ada' && web2.labels.owner === 'ada');
  assert.equal(had[0] in web1.labels, false);
  assert.equal(web2.labels.theirs, 'yes');
});

test('a selection is put into a folder, and what was typed stays when it is refused', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  await tick(page, 'hello');
  await tick(page, 'web-2');
  await button(bar(page), 'Folder').click();
  const dialog = page.getByRole('dialog', { name: 'Set folder: 2 VMs' });
  await dialog.getByRole('textbox', { name: 'Folder' }).fill('team/new');
  mock.control.refuse = ({ method }) => method === 'PATCH' && problem(422, 'INVALID', 'Not so.');
  await button(dialog, 'Set folder').click();
  await dialog.getByText('hello: Not so.').waitFor();
  assert.equal(await dialog.getByRole('textbox', { name: 'Folder' }).inputValue(), 'team/new');
  mock.control.refuse = undefined;
  await button(dialog, 'Try again').click();
  await dialog.waitFor({ state: 'detached' });
  await vmRow(page, 'web-2').getByText('team/new').waitFor();
});
