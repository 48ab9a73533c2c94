import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { problem } from '../mock/api.mjs';
import { button, openPage, sent, vmRow } from './harness.mjs';

const tick = (page, name) => page.getByRole('checkbox', { name: `Select ${name}` }).check();
const bar = (page) => page.getByLabel('Selected VMs');

test('one action is taken on all that are ticked, and those that it cannot be taken on say why', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  await tick(page, 'hello');
  await tick(page, 'web-1');
  await tick(page, 'web-2');
  await bar(page).getByText('3 selected').waitFor();
  await button(bar(page), 'Force stop').click();
  const dialog = page.getByRole('dialog', { name: 'Force stop: 2 VMs' });
  await dialog.getByText('Left as it is: 1 VM').waitFor();
  await dialog.getByText('web-2: It is not running.').waitFor();
  await button(dialog, 'Force stop').click();
  await dialog.waitFor({ state: 'detached' });
  await sent(mock, 'POST', `/vms/${id('vm hello')}/force-stop`);
  await sent(mock, 'POST', `/vms/${id('vm web-1')}/force-stop`);
  await vmRow(page, 'hello').getByText('Stopped').waitFor();
  assert.equal(mock.asked.filter(({ path }) => path === `/vms/${id('vm web-2')}/force-stop`).length, 0);
});

test('a VM that refuses is named with its reason, and the others are done', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  await tick(page, 'hello');
  await tick(page, 'web-1');
  mock.control.refuse = ({ path }) =>
    path === `/vms/${id('vm web-1')}/pause` && problem(409, 'CONFLICT', 'A task works on it.');
  await button(bar(page), 'Pause').click();
  const dialog = page.getByRole('dialog', { name: 'Pause: 2 VMs' });
  await button(dialog, 'Pause').click();
  await dialog.getByText('web-1: A task works on it.').waitFor();
  await sent(mock, 'POST', `/vms/${id('vm hello')}/pause`);
  await button(dialog, 'Close').last().click();
  await vmRow(page, 'hello').getByText('Paused').waitFor();
});

test('all that are shown are ticked at once, and their screens opened together', async (t) => {
  const { page } = await openPage(t, '/vms');
  await page
    .getByRole('searchbox')
    .or(page.getByRole('textbox', { name: /^Find by name/ }))
    .first()
    .fill('web-');
  await vmRow(page, 'hello').waitFor({ state: 'detached' });
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
  await bar(page).getByRole('link', { name: 'Consoles' }).click();
  await page.getByRole('heading', { name: /^web-1/ }).waitFor();
  await page.getByRole('heading', { name: /^web-2/ }).waitFor();
});
