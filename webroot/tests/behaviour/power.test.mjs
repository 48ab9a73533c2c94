import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { button, openPage, sent, vmRow } from './harness.mjs';

const HELLO = id('vm hello');

const menu = async (page, action) => {
  await button(page, 'Actions for hello').click();
  return page.getByRole('menuitem', { name: action, exact: true });
};

test('a VM is suspended, keeps its hardware, and goes on when it is started', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  await (await menu(page, 'Suspend')).click();
  await sent(mock, 'POST', `/vms/${HELLO}/suspend`);
  await vmRow(page, 'hello').getByText('Suspended').waitFor();
  const start = await menu(page, 'Start');
  await page
    .getByRole('menuitem', { name: /^Edit resources/ })
    .getByText(/^It is suspended/)
    .waitFor();
  await start.click();
  await vmRow(page, 'hello').getByText('Running').waitFor();
});

test('whether, when and how a VM starts with its host is chosen, shown and taken back', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  const edit = async (change) => {
    await (await menu(page, 'Edit settings…')).click();
    const dialog = page.getByRole('dialog', { name: 'Edit settings of hello' });
    await change(dialog);
    await button(dialog, 'Save').click();
    await dialog.waitFor({ state: 'detached' });
  };
  await page.getByText('Starts with its host').waitFor();
  await edit(async (dialog) => {
    await dialog.getByRole('checkbox', { name: 'Start when the host was booted' }).check();
    await dialog.getByRole('spinbutton', { name: 'Place in the order' }).fill('5');
    await dialog.getByRole('spinbutton', { name: 'The next VM waits' }).fill('60');
    await dialog.getByRole('checkbox', { name: /until the agent/ }).check();
  });
  const patches = mock.asked.filter((one) => one.method === 'PATCH' && one.path === `/vms/${HELLO}`);
  assert.deepEqual(patches[0].body, { autostart: { order: 5, delaySeconds: 60, untilAgent: true } });
  await page.getByText('In place 5; the next waits for its agent, at most 60 s').waitFor();
  await edit((dialog) => dialog.getByRole('checkbox', { name: 'Start when the host was booted' }).uncheck());
  await page.getByText('In place 5').waitFor({ state: 'detached' });
});

test('a saved state is discarded only after a question', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  const vm = mock.state.vm.find((one) => one.id === HELLO);
  mock.emit('vm', Object.assign(vm, { powerState: 'SUSPENDED', version: vm.version + 1 }));
  await vmRow(page, 'hello').getByText('Suspended').waitFor();
  await (await menu(page, 'Discard saved state')).click();
  const dialog = page.getByRole('dialog', { name: 'Discard the saved state of this VM?' });
  await dialog.getByText(/What its guest has not written to disk is lost/).waitFor();
  await button(dialog, 'Discard').click();
  await sent(mock, 'POST', `/vms/${HELLO}/discard-saved-state`);
  await vmRow(page, 'hello').getByText('Stopped').waitFor();
});
