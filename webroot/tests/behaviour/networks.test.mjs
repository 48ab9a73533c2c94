import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { button, openPage, textBox } from './harness.mjs';

const HELLO = id('vm hello');
const asked = (mock, method, path) => mock.asked.filter((one) => one.method === method && one.path === path);
const row = (page, table, name) =>
  page.getByRole('grid', { name: table, exact: true }).getByRole('row').filter({ hasText: name });

async function take(page, name, action) {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole('menuitem', { name: action }).click();
}

test('a network is created, seen being made and then ready, and a refusal keeps what was typed', async (t) => {
  const { page, mock } = await openPage(t, '/networks');
  await row(page, 'Networks', 'lan').getByText('Degraded').waitFor();
  await row(page, 'Networks', 'lan').getByText('br0, VLAN 7').waitFor();
  await button(page, 'Create network').click();
  const dialog = page.getByRole('dialog');
  assert.ok(await button(dialog, 'Create').isDisabled());
  await textBox(dialog, 'Name').fill('guests');
  await textBox(dialog, 'Subnet').fill('8.8.8.0/24');
  mock.control.refuseNetwork = { field: 'subnet', message: '8.8.8.0/24 is not private.' };
  await button(dialog, 'Create').click();
  await dialog.getByText('8.8.8.0/24 is not private.').first().waitFor();
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'guests');
  delete mock.control.refuseNetwork;
  await textBox(dialog, 'Subnet').fill('192.168.60.0/24');
  await button(dialog, 'Create').click();
  await dialog.waitFor({ state: 'detached' });
  await row(page, 'Networks', 'guests').getByText('Ready').waitFor();
  const { body } = asked(mock, 'POST', '/networks').at(-1);
  assert.deepEqual(body, {
    name: 'guests',
    kind: 'NAT',
    subnet: '192.168.60.0/24',
    dhcp: true,
    spoofProtection: true,
    hostIds: [],
  });
});

test('the page of a network tells how it is on each host, what was given out and who is on it', async (t) => {
  const { page } = await openPage(t, `/networks/${id('network default')}`);
  await row(page, 'Addresses given out', '192.168.122.47').getByRole('link', { name: 'hello' }).waitFor();
  await row(page, 'Virtual machines', 'web-1').waitFor();
  await button(page, 'Actions for default').click();
  await page.getByText('6 network cards of VMs are on it.').waitFor();
});

test('a network that nobody uses is deleted once that is confirmed', async (t) => {
  const { page } = await openPage(t, '/networks');
  await take(page, 'office', 'Delete');
  await button(page.getByRole('dialog'), 'Delete').click();
  await row(page, 'Networks', 'office').waitFor({ state: 'detached' });
});

test('a card is added to a VM, unplugged, and removed', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${HELLO}`);
  await button(page, 'Add network card').click();
  const dialog = page.getByRole('dialog');
  const lost = dialog.getByRole('option', { name: /lost .* The host has no bridge br9/ });
  await lost.waitFor({ state: 'attached' });
  assert.ok(await lost.isDisabled());
  await dialog.getByLabel('Network').selectOption('lan');
  await textBox(dialog, 'Most to the guest (KiB/s)').fill('1024');
  await button(dialog, 'Add').click();
  await dialog.waitFor({ state: 'detached' });
  await row(page, 'Network cards', '52:54:00:aa:bb:09').waitFor();
  assert.deepEqual(asked(mock, 'POST', `/vms/${HELLO}/nics`)[0].body, {
    network: 'lan',
    linkUp: true,
    inboundBytesPerSecond: 1048576,
  });
  await take(page, '52:54:00:aa:bb:09', 'Edit');
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Its cable is plugged in' }).uncheck();
  await button(page.getByRole('dialog'), 'Save').click();
  await row(page, 'Network cards', '52:54:00:aa:bb:09').getByText('unplugged').waitFor();
  assert.deepEqual(asked(mock, 'PATCH', `/vms/${HELLO}/nics/${encodeURIComponent('52:54:00:aa:bb:09')}`)[0].body, {
    linkUp: false,
  });
  await take(page, '52:54:00:aa:bb:09', 'Remove');
  await button(page.getByRole('dialog'), 'Remove').click();
  await row(page, 'Network cards', '52:54:00:aa:bb:09').waitFor({ state: 'detached' });
});
