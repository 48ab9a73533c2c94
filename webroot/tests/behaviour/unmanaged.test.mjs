import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { button, openPage, textBox, vmRow } from './harness.mjs';

const table = (page) => page.getByRole('grid', { name: 'Unmanaged virtual machines' });

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
