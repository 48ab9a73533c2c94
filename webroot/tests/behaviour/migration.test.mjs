import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../mock/api.mjs';
import { id } from '../mock/data.mjs';
import { addHosts } from '../mock/migration.mjs';
import { button, openPage, sent, vmRow } from './harness.mjs';

const path = `/vms/${id('vm web-1')}`;
const radio = (dialog, name) => dialog.getByRole('radio', { name });

/** The dialog of web-1, in a world with so many hosts more. */
async function openMigrate(t, control = {}, more = 2) {
  const opened = await openPage(t, path, 'full', control);
  addHosts(opened.mock.state, more);
  await button(opened.page, 'Actions for web-1').click();
  await opened.page.getByRole('menuitem', { name: 'Migrate…' }).click();
  return { ...opened, dialog: opened.page.getByRole('dialog', { name: 'Migrate web-1' }) };
}

/** Holds tasks up until it is called. */
function holdUp() {
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  return { working: () => held, letGo };
}

test('a host is chosen by keyboard, the task is followed, and what happened says from where to where', async (t) => {
  const { working, letGo } = holdUp();
  const { page, mock, dialog } = await openMigrate(t, { working });
  await radio(dialog, 'node-01.example.net').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  assert.equal(await radio(dialog, 'node-02.example.net').isChecked(), true);
  await dialog.getByText('20 GiB of its disks and its memory (8 GiB) are copied to node-02.example.net.').waitFor();
  await button(dialog, 'Bandwidth and downtime').click();
  await dialog.getByLabel('Bandwidth (MiB/s)', { exact: true }).fill('200');
  await dialog.getByLabel('Slow the guest down if it must be').check();
  await button(dialog, 'Migrate').click();
  await dialog.waitFor({ state: 'detached' });
  const [{ body }] = await sent(mock, 'POST', `${path}/migrate`);
  assert.deepEqual(body, { hostId: id('host node-02'), bandwidthMibPerSecond: 200, autoConverge: true });
  const banner = page.getByText('It is being migrated, and goes on running meanwhile');
  await banner.waitFor();
  await page.getByText(/1 GiB of 28 GiB/).waitFor();
  await page.getByRole('progressbar', { name: 'Copying to node-02.example.net' }).waitFor();
  letGo();
  await banner.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'node-02.example.net' }).waitFor();
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.getByText('Moved from kvm1.example.net to node-02.example.net').waitFor();
});

test('hosts that cannot take it say why, and cannot be chosen', async (t) => {
  const obstacle = 'node-01.example.net has no network default. Make it there first.';
  const { dialog } = await openMigrate(t, {
    obstacles: ({ name }) => (name.startsWith('node-01') ? [obstacle] : []),
    remarks: ({ name }) => (name.startsWith('node-02') ? ['Its processor is newer.'] : []),
  });
  const refusing = radio(dialog, 'node-01.example.net');
  assert.equal(await refusing.isDisabled(), true);
  const description = await refusing.getAttribute('aria-describedby');
  assert.equal(await dialog.locator(`[id="${description}"]`).innerText(), obstacle);
  await dialog.getByText('kvm2.example.net does not answer. Bring it back, or choose another host.').waitFor();
  await dialog.getByText('Its processor is newer.').waitFor();
  assert.equal(await button(dialog, 'Migrate').isDisabled(), true);
});

test('what the server refuses is said at its field, and what was chosen and typed stays', async (t) => {
  const { mock, dialog } = await openMigrate(t);
  const message = 'A pause of 5 ms is too short for this guest.';
  mock.control.refuse = ({ path: asked }) =>
    asked === `${path}/migrate` &&
    problem(422, 'INVALID', 'It cannot be migrated so.', { errors: [{ field: 'maxDowntimeMillis', message }] });
  await radio(dialog, 'node-01.example.net').check();
  await button(dialog, 'Bandwidth and downtime').click();
  await dialog.getByLabel('Longest pause (ms)', { exact: true }).fill('5');
  await button(dialog, 'Migrate').click();
  await dialog.getByText(message).waitFor();
  assert.equal(await dialog.getByLabel('Longest pause (ms)', { exact: true }).inputValue(), '5');
  assert.equal(await radio(dialog, 'node-01.example.net').isChecked(), true);
  mock.control.refuse = () => undefined;
  await button(dialog, 'Migrate').click();
  await dialog.waitFor({ state: 'detached' });
});

test('a list of hosts that could not be read is read again, and an only host leads to the next step', async (t) => {
  const { mock, dialog } = await openMigrate(
    t,
    { refuse: ({ path: asked }) => asked.endsWith('/migration-targets') && problem(403, 'FORBIDDEN', 'Not yours.') },
    0,
  );
  await dialog.getByText('Not yours.').waitFor();
  mock.control.refuse = () => undefined;
  mock.state.host.splice(1);
  await button(dialog, 'Try again').click();
  await dialog.getByText('There is no other host').waitFor();
  assert.equal(await button(dialog, 'Migrate').isDisabled(), true);
});

test('a selection moves to one host; those that cannot are named', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  addHosts(mock.state, 1).forEach((one) => mock.emit('host', one, 'created'));
  for (const name of ['hello', 'web-1', 'web-2']) {
    await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  }
  await button(page.getByLabel('Selected VMs'), 'Migrate').click();
  const dialog = page.getByRole('dialog', { name: 'Migrate: 2 VMs' });
  await dialog.getByText('web-2: It is not running. Only running VMs are migrated.').waitFor();
  await dialog.getByLabel('Host').selectOption({ value: id('host node-01') });
  await button(dialog, 'Migrate').click();
  await dialog.waitFor({ state: 'detached' });
  await sent(mock, 'POST', `/vms/${id('vm hello')}/migrate`);
  await sent(mock, 'POST', `${path}/migrate`);
  await vmRow(page, 'hello').getByText('node-01.example.net').waitFor();
});

test('a migration that is cancelled leaves the VM where it is, which is said before', async (t) => {
  const { page, dialog } = await openMigrate(t, { working: () => new Promise(() => undefined) });
  await radio(dialog, 'node-01.example.net').check();
  await button(dialog, 'Migrate').click();
  const banner = page.getByText('It is being migrated, and goes on running meanwhile');
  await banner.waitFor();
  await button(page, 'Cancel').click();
  const question = page.getByRole('dialog', { name: 'Cancel this task?' });
  await question.getByText('web-1 goes on running on the host where it is').waitFor();
  await button(question, 'Cancel the task').click();
  await banner.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'kvm1.example.net' }).waitFor();
});
