import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../mock/api.mjs';
import { id } from '../mock/data.mjs';
import { MORE_UNMANAGED } from '../mock/unmanaged.mjs';
import { button, openPage, textBox, vmRow } from './harness.mjs';

const table = (page) => page.getByRole('grid', { name: 'Unmanaged virtual machines' });
const rowOf = (page, name, host = 'kvm1') =>
  table(page).getByRole('row').filter({ hasText: name }).filter({ hasText: host });
const tick = (page, name, host = 'kvm1') =>
  page.getByRole('checkbox', { name: `Select ${name} on ${host}.example.net`, exact: true });
const nameOf = (dialog, name, host = 'kvm1') => textBox(dialog, `Name of ${name} on ${host}.example.net`);
const adoptions = (mock) => mock.asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/adopt'));
const isOf = (name, { path }) => path.includes(MORE_UNMANAGED.find((one) => one.name === name).uuid);
const openMany = (t, control = {}) =>
  openPage(t, '/vms/unmanaged', 'full', { moreDomains: MORE_UNMANAGED, ...control });

test('what runs without LimiQuantix is found from the list of VMs, with what stands in the way', async (t) => {
  const { page } = await openPage(t, '/vms');
  await page.getByRole('link', { name: 'Unmanaged', exact: true }).click();
  const row = table(page).getByRole('row').filter({ hasText: 'old-mail' });
  await row.getByText('Running').waitFor();
  await row.getByText('vda: /var/lib/libvirt/images/old-mail.qcow2 (qcow2, 20 GiB)').waitFor();
  await row.getByText('52:54:00:11:22:33, bridge br0').waitFor();
  await row.getByText('lies in none of the pools').waitFor();
  await table(page).getByRole('row').filter({ hasText: 'plain' }).getByText('Nothing').waitFor();
});

test('a host has those that are on it, and one that is silent is named', async (t) => {
  const { page, mock } = await openPage(t, `/hosts/${id('host kvm1')}`);
  await page.getByRole('link', { name: 'Unmanaged virtual machines' }).click();
  await table(page).getByRole('row').filter({ hasText: 'old-mail' }).waitFor();
  const path = `/hosts/${id('host kvm1')}/unmanaged`;
  assert.ok(mock.asked.some((one) => one.path === path));
  mock.control.silentHost = true;
  await button(page, 'Look again').click();
  await page.getByText('What kvm1.example.net has is not shown: It does not answer.').waitFor();
});

test('one that nothing stands in the way of is adopted, and one with reasons says them', async (t) => {
  const { page, mock } = await openPage(t, '/vms/unmanaged');
  const other = table(page).getByRole('row').filter({ hasText: 'old-mail' });
  await other.getByRole('button', { name: 'Adopt' }).hover();
  await page.getByRole('tooltip').getByText('lies in none of the pools').waitFor();
  await table(page).getByRole('row').filter({ hasText: 'plain' }).getByRole('button', { name: 'Adopt' }).click();
  const dialog = page.getByRole('dialog', { name: 'Adopt plain' });
  await dialog.getByText('It stays off. Its disks stay where they are').waitFor();
  await textBox(dialog, 'Name').fill('mail-2');
  await textBox(dialog, 'Folder').fill('team/web');
  await textBox(dialog, 'Labels').fill('env=test');
  await button(dialog, 'Adopt').click();
  await dialog.waitFor({ state: 'detached' });
  const path = `/hosts/${id('host kvm1')}/unmanaged/${id('domain plain')}/adopt`;
  const asked = mock.asked.find((one) => one.method === 'POST' && one.path === path);
  assert.deepEqual(asked.body, { name: 'mail-2', folder: 'team/web', labels: { env: 'test' } });
});

test('all that can be adopted are adopted with one dialog, once their names differ', async (t) => {
  const { page, mock } = await openMany(t);
  await rowOf(page, 'web-1').getByText('"web-1" exists already: rename one of the two first').waitFor();
  assert.ok(await tick(page, 'web-1').isDisabled());
  assert.ok(await tick(page, 'old-mail').isDisabled());
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
  await page.getByText('4 of 4 that can be adopted selected').waitFor();
  await button(page, 'Adopt 4…').click();
  const dialog = page.getByRole('dialog', { name: 'Adopt: 4 VMs' });
  await dialog.getByText('2 of them run on, without a restart.').waitFor();
  await dialog.getByText('crm on kvm3.example.net would have the same name.').waitFor();
  assert.ok(await button(dialog, 'Adopt').isDisabled());
  await nameOf(dialog, 'crm', 'kvm3').fill('WEB-2');
  await dialog.getByText('A virtual machine called "WEB-2" exists already.').waitFor();
  assert.ok(await button(dialog, 'Adopt').isDisabled());
  assert.equal(adoptions(mock).length, 0);
  await nameOf(dialog, 'crm', 'kvm3').fill('crm-old');
  await textBox(dialog, 'Folder').fill('team/web');
  await textBox(dialog, 'Labels').fill('env=test\nfrom=virt-manager');
  await button(dialog, 'Adopt').click();
  await dialog.waitFor({ state: 'detached' });
  for (const [name, host] of [['crm'], ['crm', 'kvm3'], ['my wiki'], ['plain']])
    await rowOf(page, name, host).waitFor({ state: 'detached' });
  await rowOf(page, 'old-mail').waitFor();
  const asked = adoptions(mock);
  assert.deepEqual(asked.map(({ body }) => body.name).toSorted(), ['crm', 'crm-old', 'my-wiki', 'plain']);
  for (const { body } of asked) {
    assert.equal(body.folder, 'team/web');
    assert.deepEqual(body.labels, { env: 'test', from: 'virt-manager' });
  }
  assert.equal(new Set(asked.map(({ key }) => key)).size, 4);
});

test('one that is refused is named with its reason and asked again, and one whose task fails stays ticked', async (t) => {
  const { page, mock } = await openMany(t, {
    failAdoption: ({ name }) => name === 'crm' && { code: 'CONFLICT', message: 'Its disk is gone.', details: {} },
  });
  mock.control.refuse = (request) =>
    request.method === 'POST' && isOf('my wiki', request) && problem(409, 'CONFLICT', 'It is transient by now.');
  await tick(page, 'crm').check();
  await tick(page, 'my wiki').check();
  await tick(page, 'plain').check();
  await button(page, 'Adopt 3…').click();
  const dialog = page.getByRole('dialog', { name: 'Adopt: 3 VMs' });
  await button(dialog, 'Adopt').click();
  await dialog.getByText('1 VM of 3 refused').waitFor();
  await dialog.getByText('my wiki on kvm1.example.net: It is transient by now.').waitFor();
  await nameOf(dialog, 'crm').waitFor({ state: 'detached' });
  await button(dialog, 'Try again').click();
  await dialog.getByText('1 VM of 3 refused').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'plain').waitFor({ state: 'detached' });
  await rowOf(page, 'crm').getByText('Not adopted: Its disk is gone.').waitFor();
  await rowOf(page, 'my wiki').getByText('Not adopted: It is transient by now.').waitFor();
  await page.getByText('2 of 3 that can be adopted selected').waitFor();
  assert.ok(await tick(page, 'crm').isChecked());
  assert.ok(await tick(page, 'my wiki').isChecked());
  assert.equal(adoptions(mock).filter((one) => isOf('crm', one)).length, 1);
  const again = adoptions(mock).filter((one) => isOf('my wiki', one));
  assert.equal(new Set(again.map(({ key }) => key)).size, 2);
});

test('what is being adopted says so, cannot be asked again, and is reached by keyboard', async (t) => {
  let end;
  const working = new Promise((resolve) => (end = resolve));
  const { page, mock } = await openMany(t, { working: () => working });
  await tick(page, 'my wiki').focus();
  await page.keyboard.press('Space');
  await button(page, 'Adopt 1…').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Adopt: 1 VM' });
  await nameOf(dialog, 'my wiki').focus();
  await page.keyboard.press('End');
  await page.keyboard.type('-2');
  await button(dialog, 'Adopt').and(dialog.locator(':enabled')).waitFor();
  await button(dialog, 'Adopt').focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'my wiki').getByText('Being adopted').waitFor();
  assert.ok(await tick(page, 'my wiki').isDisabled());
  await page.getByText('0 of 3 that can be adopted selected').waitFor();
  end();
  await rowOf(page, 'my wiki').waitFor({ state: 'detached' });
  assert.deepEqual(
    adoptions(mock).map(({ body }) => body.name),
    ['my-wiki-2'],
  );
});

test('a name that a VM has is said before one domain is adopted', async (t) => {
  const { page } = await openMany(t);
  await rowOf(page, 'web-1').getByRole('button', { name: 'Adopt' }).hover();
  await page.getByRole('tooltip').getByText('exists already').waitFor();
  await rowOf(page, 'plain').getByRole('button', { name: 'Adopt' }).click();
  const dialog = page.getByRole('dialog', { name: 'Adopt plain' });
  await textBox(dialog, 'Name').fill('Hello');
  await dialog.getByText('A virtual machine called "Hello" exists already.').waitFor();
  assert.ok(await button(dialog, 'Adopt').isDisabled());
  await textBox(dialog, 'Name').fill('hello-2');
  await button(dialog, 'Adopt').click();
  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'plain').waitFor({ state: 'detached' });
});

test('a VM is released after a question that says what becomes of it', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  await button(page, 'Actions for web-1').click();
  await page.getByRole('menuitem', { name: 'Release from LimiQuantix…', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Release web-1 from LimiQuantix?' });
  await dialog.getByText('It can be adopted again.').waitFor();
  await button(dialog, 'Release').click();
  await vmRow(page, 'web-1').waitFor({ state: 'detached' });
  assert.ok(mock.asked.some((one) => one.method === 'POST' && one.path.endsWith('/release')));
});
