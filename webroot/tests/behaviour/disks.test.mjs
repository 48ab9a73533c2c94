import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detach, diskRow, ofVolume, openAttach } from '../diskActions.mjs';
import { problem } from '../mock/api.mjs';
import { id } from '../mock/data.mjs';
import { KEPT } from '../mock/disks.mjs';
import { button, openPage, textBox } from './harness.mjs';

const HELLO = id('vm hello');
const SHARED = id('volume shared');
const asked = (mock, method, path) => mock.asked.filter((one) => one.method === method && one.path === path);
const volumeRow = (page, name) =>
  page.getByRole('grid', { name: 'Volumes', exact: true }).getByRole('row').filter({ hasText: name });
const refuseAttach = (mock, name) => {
  mock.control.refuse = (request) =>
    request.method === 'POST' &&
    request.path.endsWith('/disks') &&
    problem(409, 'CONFLICT', `A task works on the volume ${name} now; attach it when that has ended.`);
};

test('a volume that the VM can get is attached and shown among its disks', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  const dialog = await openAttach(page);
  assert.ok(await button(dialog, 'Attach').isDisabled());
  const why = (name, reason) => dialog.getByRole('row').filter({ hasText: name }).getByText(reason).waitFor();
  await why('web-1-disk0', 'web-1 has it.');
  await why('shared-disk0', 'hello has it already.');
  await why('new-disk0', 'It is being worked on.');
  await why('far-disk0', 'It lies on another host than the VM.');
  assert.ok(await dialog.getByRole('radio', { name: 'far-disk0' }).isDisabled());
  await textBox(dialog, 'Find by name').fill('scr');
  await dialog.getByRole('radio', { name: 'web-1-disk0' }).waitFor({ state: 'detached' });
  // Enter in the search looks for something and sends nothing.
  await dialog.getByRole('radio', { name: 'scratch-disk0' }).check();
  await textBox(dialog, 'Find by name').press('Enter');
  await dialog.getByRole('checkbox', { name: 'Read only' }).check();
  assert.equal(asked(mock, 'POST', `/vms/${HELLO}/disks`).length, 0);
  await button(dialog, 'Attach').click();
  await dialog.waitFor({ state: 'detached' });
  const row = diskRow(page, 'scratch-disk0');
  await row.getByText('vdc').waitFor();
  await row.getByText('Read only').waitFor();
  await row.getByText('Attached', { exact: true }).waitFor();
  assert.deepEqual(asked(mock, 'POST', `/vms/${HELLO}/disks`)[0].body, {
    volumeId: id('volume scratch'),
    readOnly: true,
  });
  await page.getByText('Attach disk to VM: hello').waitFor();
});

test('a refused attachment keeps the dialog open, says why, and can be sent again', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  const dialog = await openAttach(page);
  refuseAttach(mock, 'scratch-disk0');
  await dialog.getByRole('radio', { name: 'scratch-disk0' }).check();
  await button(dialog, 'Attach').click();
  await dialog.getByText('attach it when that has ended').waitFor();
  assert.ok(await dialog.getByRole('radio', { name: 'scratch-disk0' }).isChecked());
  delete mock.control.refuse;
  await button(dialog, 'Attach').click();
  await dialog.waitFor({ state: 'detached' });
  await diskRow(page, 'scratch-disk0').waitFor();
});

test('a volume that is made from the dialog can be chosen there', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  const dialog = await openAttach(page);
  await button(dialog, 'Create a volume for it').click();
  const form = page.getByRole('dialog', { name: 'Create volume' });
  await textBox(form, 'Name').fill('logs');
  await button(form, 'Create volume').click();
  await form.waitFor({ state: 'detached' });
  assert.equal(asked(mock, 'POST', '/volumes')[0].body.hostId, id('host kvm1'));
  assert.equal(asked(mock, 'POST', `/vms/${HELLO}/disks`).length, 0);
  await dialog.getByRole('radio', { name: 'logs', exact: true }).and(dialog.locator(':enabled')).check();
  await button(dialog, 'Attach').click();
  await diskRow(page, 'logs').waitFor();
});

test('a detachment shows how far it is, and why the guest keeps the disk', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`, 'full', { guestKeepsDisks: true });
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  mock.control.working = () => held;
  await button(diskRow(page, 'shared-disk0'), 'Detach').click();
  const question = page.getByRole('dialog', { name: 'Detach shared-disk0 from hello?' });
  await question.getByText('Unmount what is on it inside the guest first.').waitFor();
  await button(question, 'Detach').click();
  await question.waitFor({ state: 'detached' });
  await button(page, 'Tasks: 2 running').click();
  const running = page.getByRole('article', { name: 'Detach disk from VM hello' });
  await running.getByRole('progressbar').waitFor();
  await running.getByText('detach the disk', { exact: true }).waitFor();
  letGo();
  await running.getByText(KEPT).waitFor();
  await page.getByText('Detach disk from VM: hello').waitFor();
  await diskRow(page, 'shared-disk0').waitFor();

  // The drawer lies over the row.
  await button(page, 'Tasks: 1 running').click();
  await running.waitFor({ state: 'detached' });
  mock.control.guestKeepsDisks = false;
  delete mock.control.working;
  await detach(page, 'shared-disk0');
  await diskRow(page, 'shared-disk0').waitFor({ state: 'detached' });
});

test('the disk that a VM boots from stays, and a paused VM keeps its disks', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  const boot = button(diskRow(page, 'hello-disk0'), 'Detach');
  await boot.hover();
  await page.getByRole('tooltip', { name: 'hello boots from it.' }).waitFor();
  assert.equal(await boot.getAttribute('aria-disabled'), 'true');
  await diskRow(page, 'hello-disk0').getByText('The VM boots from it').waitFor();
  const vm = mock.state.vm[0];
  mock.emit('vm', { ...vm, powerState: 'PAUSED', version: vm.version + 1 });
  const data = button(diskRow(page, 'shared-disk0'), 'Detach');
  await data.and(page.locator('[aria-disabled=true]')).hover();
  await page.getByRole('tooltip', { name: /hello is paused/ }).waitFor();
  await data.focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('a volume is attached from its menu, to a VM that can get it', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await ofVolume(page, 'old-data-disk0', 'Attach to VM');
  await dialog.getByRole('row').filter({ hasText: 'build' }).getByText('It is still being created.').waitFor();
  await dialog.getByRole('radio', { name: 'web-2' }).check();
  await button(dialog, 'Attach').click();
  await dialog.waitFor({ state: 'detached' });
  await volumeRow(page, 'old-data').getByRole('link', { name: 'web-2' }).waitFor();
  assert.deepEqual(asked(mock, 'POST', `/vms/${id('vm web-2')}/disks`)[0].body, {
    volumeId: id('volume old-data'),
    readOnly: false,
  });
});

test('of several VMs that have a volume one is chosen to be without it', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  await volumeRow(page, 'shared').getByRole('link', { name: 'hello' }).waitFor();
  await volumeRow(page, 'shared').getByText('Several VMs may have it').waitFor();
  const dialog = await ofVolume(page, 'shared-disk0', 'Detach');
  await dialog.getByRole('radio', { name: 'web-1' }).check();
  await button(dialog, 'Detach').click();
  await volumeRow(page, 'shared').getByRole('link', { name: 'web-1' }).waitFor({ state: 'detached' });
  await volumeRow(page, 'shared').getByRole('link', { name: 'hello' }).waitFor();
  assert.equal(asked(mock, 'DELETE', `/vms/${id('vm web-1')}/disks/${SHARED}`).length, 1);
});

test('deleting a VM says that what was attached to it stays', async (t) => {
  const { page } = await openPage(t, `/vms/${HELLO}`);
  await button(page, 'Actions for hello').click();
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByText('The volume that was attached to it stays').waitFor();
});
