import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskRow, disks } from '../diskActions.mjs';
import { id } from '../mock/data.mjs';
import { button, openPage, textBox } from './harness.mjs';

const HELLO = id('vm hello');
const SERVER = id('vm web-1');
const patches = (mock) => mock.asked.filter((one) => one.method === 'PATCH' && one.path === `/vms/${HELLO}`);
const openEdit = async (page, action) => {
  await button(page, 'Actions for hello').click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  return page.getByRole('dialog', { name: action.replace('…', ' of hello') });
};

test('what was typed otherwise is saved, and nothing else', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  const dialog = await openEdit(page, 'Edit settings…');
  assert.ok(await button(dialog, 'Save').isDisabled());
  await textBox(dialog, 'Description').fill('Says hello.');
  await textBox(dialog, 'Labels').fill('env=test\nowner=ada');
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Says hello.').waitFor();
  await page.getByText('env=test, owner=ada').waitFor();
  assert.deepEqual(patches(mock)[0].body, { description: 'Says hello.', labels: { env: 'test', owner: 'ada' } });
});

test('a conflicting save keeps what was typed and says what the other changed', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  const dialog = await openEdit(page, 'Edit settings…');
  await textBox(dialog, 'Folder').fill('team/hello');
  const vm = mock.state.vm.find((one) => one.id === HELLO);
  Object.assign(vm, { description: 'Written by somebody else.', version: vm.version + 1 });
  await button(dialog, 'Save').click();
  await dialog.getByText('Description is now “Written by somebody else.”').waitFor();
  assert.equal(await textBox(dialog, 'Folder').inputValue(), 'team/hello');
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(patches(mock).at(-1).body, { folder: 'team/hello' });
  await page.getByText('Written by somebody else.').waitFor();
});

test('a name that is taken is said at its field', async (t) => {
  const { page } = await openPage(t, `/vms/${HELLO}`);
  const dialog = await openEdit(page, 'Edit settings…');
  await textBox(dialog, 'Name').fill('web-1');
  await button(dialog, 'Save').click();
  await dialog.locator('#edit-vm-name-hint').getByText('exists already').waitFor();
});

test('what happens is said before saving, and what is pending afterwards', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  const dialog = await openEdit(page, 'Edit resources…');
  await dialog.getByLabel('Memory (GiB)', { exact: true }).fill('16');
  await dialog.getByText('16 GiB now if it was started with room for so much').waitFor();
  await dialog.getByLabel('Memory (GiB)', { exact: true }).fill('16.1');
  await dialog.getByText('in steps of 128 MiB only').waitFor();
  await dialog.getByLabel('Memory (GiB)', { exact: true }).fill('16');
  await dialog.getByLabel('vCPUs', { exact: true }).fill('9');
  await dialog.getByText('9 take effect when the VM is next started').waitFor();
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(patches(mock)[0].body, { vcpus: 9, memoryBytes: 16 * 2 ** 30 });
  const pending = page.getByRole('grid', { name: 'Pending changes' });
  await pending.getByRole('row').filter({ hasText: 'Memory' }).getByText('16 GiB').waitFor();
  await page.getByText('not by a reboot inside the guest').waitFor();
});

test('another boot order is chosen place by place', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  const dialog = await openEdit(page, 'Edit settings…');
  await dialog.getByLabel('Boot first from').selectOption('Network card 1');
  await dialog.getByLabel('Boot second from').selectOption('Disk 1');
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(patches(mock)[0].body, { bootOrder: ['nic0', 'disk0'] });
});

test('a disk is added, grown and limited where it is listed', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  await button(page, 'Add disk').click();
  const adding = page.getByRole('dialog', { name: 'Add a disk to hello' });
  await adding.getByLabel('Size (GiB)', { exact: true }).fill('5');
  await button(adding, 'Add').click();
  await adding.waitFor({ state: 'detached' });
  const added = mock.asked.find((one) => one.method === 'POST' && one.path === `/vms/${HELLO}/disks`);
  assert.deepEqual(added.body, { sizeBytes: 5 * 2 ** 30 });
  await disks(page).getByText('vdc').waitFor();

  await button(diskRow(page, 'hello-disk0'), 'Grow').click();
  const growing = page.getByRole('dialog', { name: 'Grow hello-disk0' });
  await growing.getByLabel('New size (GiB)', { exact: true }).fill('40');
  await button(growing, 'Grow').click();
  await diskRow(page, 'hello-disk0').getByText('40 GiB').waitFor();

  await button(diskRow(page, 'hello-disk0'), 'Edit').click();
  const editing = page.getByRole('dialog', { name: 'Edit hello-disk0' });
  await editing.getByText('takes effect when the VM is next started').waitFor();
  assert.ok(await button(editing, 'Save').isDisabled());
  await editing.getByLabel('Reads per second', { exact: true }).fill('500');
  await button(editing, 'Save').click();
  await diskRow(page, 'hello-disk0').getByText('500 reads/s').waitFor();
  const edits = mock.asked.filter((one) => one.method === 'PATCH' && one.path.includes('/disks/'));
  assert.deepEqual(
    edits.map(({ body }) => body),
    [{ sizeBytes: 40 * 2 ** 30 }, { readIops: 500 }],
  );
});

test('an ISO is inserted and ejected, and a drive comes only while the VM is off', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${SERVER}`);
  const drives = page.getByRole('grid', { name: 'CD-ROM drives' });
  const first = drives.getByRole('row').filter({ hasText: 'CD-ROM drive 1' });
  const second = drives.getByRole('row').filter({ hasText: 'CD-ROM drive 2' });
  await button(second, 'Insert ISO').click();
  const inserting = page.getByRole('dialog', { name: /^Insert an ISO into CD-ROM drive 2/ });
  assert.ok(await button(inserting, 'Insert').isDisabled());
  await inserting.getByLabel('ISO').selectOption({ index: 1 });
  await button(inserting, 'Insert').click();
  await inserting.waitFor({ state: 'detached' });
  await second.getByText('Empty').waitFor({ state: 'detached' });

  mock.control.guestLocksDrives = true;
  await button(first, 'Eject').click();
  const ejecting = page.getByRole('dialog', { name: /^Eject/ });
  await button(ejecting, 'Eject').click();
  await ejecting.waitFor({ state: 'detached' });
  await page.getByText('The guest has locked the CD-ROM drive').first().waitFor();
  await button(first, 'Eject').click();
  await page.getByLabel('Also when the guest has locked the drive').check();
  await button(page.getByRole('dialog', { name: /Eject/ }), 'Eject').click();
  await first.getByText('Empty').waitFor();

  const add = button(page, 'Add drive');
  if ((await add.getAttribute('aria-disabled')) === 'true') {
    await add.hover();
    await page.getByRole('tooltip', { name: /only while the VM is off/ }).waitFor();
  }
});
