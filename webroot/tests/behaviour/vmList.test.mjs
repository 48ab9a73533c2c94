import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { until } from '../e2e/until.mjs';
import { button, openPage, PATIENCE, textBox, vmRow } from './harness.mjs';

const names = (page) => page.getByRole('rowheader').or(page.locator('tbody td[data-label="Name"]')).allInnerTexts();
const shows = (page, wanted) =>
  until(`the list shows ${wanted}`, PATIENCE, async () => {
    const shown = await names(page);
    return shown.length === wanted.length && wanted.every((name, i) => shown[i] === name);
  });
const choose = (page, label, choice) => page.getByRole('combobox', { name: label, exact: true }).selectOption(choice);
const addressSays = (page, name, value) =>
  until(`the address says ${name}=${value}`, PATIENCE, () => new URL(page.url()).searchParams.get(name) === value);
const header = (page, name) => page.getByRole('columnheader', { name }).getByRole('button');
const put = (mock, name, change) =>
  Object.assign(
    mock.state.vm.find((vm) => vm.name === name),
    change,
  );

test('a list is filtered and sorted by the server, and its address leads back to it', async (t) => {
  const { page } = await openPage(t, '/vms', 'crowd');
  await vmRow(page, 'vm-00001').waitFor();
  await choose(page, 'State', 'Paused');
  await page.getByText('2,000 match', { exact: true }).waitFor();
  await header(page, 'Name').click();
  await vmRow(page, 'vm-10000').waitFor();
  await addressSays(page, 'descending', 'yes');
  await button(page, 'Next').click();
  await vmRow(page, 'vm-09500').waitFor();
  await page.getByText('Page 2 of 20', { exact: true }).waitFor();
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await vmRow(page, 'vm-09500').waitFor();
  await page.getByText('Page 2 of 20', { exact: true }).waitFor();
  assert.equal(await page.getByRole('combobox', { name: 'State', exact: true }).inputValue(), 'PAUSED');
  await button(page, 'Previous').click();
  await vmRow(page, 'vm-10000').waitFor();
});

test('going back in the browser leads to the list before', async (t) => {
  const { page } = await openPage(t, '/vms');
  await choose(page, 'State', 'Crashed');
  await shows(page, ['legacy']);
  await textBox(page, 'Find by name, folder:, label: or os:').fill('nothing-like-it');
  await page.getByText('Nothing matches').waitFor();
  await page.goBack();
  await vmRow(page, 'hello').waitFor();
  assert.equal(await textBox(page, 'Find by name, folder:, label: or os:').inputValue(), '');
  assert.equal(await page.getByRole('combobox', { name: 'State', exact: true }).inputValue(), '');
});

test('VMs are found by their host, their pool and what their guests say they are', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  await vmRow(page, 'hello').waitFor();
  put(mock, 'web-1', { hostId: id('host kvm2'), hostName: 'kvm2.example.net' });
  put(mock, 'web-2', { guest: { answered: true, operatingSystem: 'Alpine Linux', addresses: [] } });
  await choose(page, 'Host', 'kvm2.example.net');
  await shows(page, ['web-1']);
  await choose(page, 'Host', 'Any host');
  await choose(page, 'Pool', 'rbd');
  await page.getByText('Nothing matches').waitFor();
  await choose(page, 'Pool', 'Any pool');
  await textBox(page, 'Find by name, folder:, label: or os:').fill('os:alpine');
  await shows(page, ['web-2']);
});

test('the columns that a user chose are there again', async (t) => {
  const { page } = await openPage(t, '/vms');
  await vmRow(page, 'hello').waitFor();
  const column = (name) => page.getByRole('columnheader', { name });
  await button(page, 'Columns').click();
  await page.getByRole('menuitem', { name: 'Operating system' }).click();
  await page.getByRole('menuitem', { name: 'Memory' }).click();
  await page.keyboard.press('Escape');
  await column('Operating system').waitFor();
  await column('Memory').waitFor({ state: 'detached' });
  await page.reload();
  await column('Operating system').waitFor();
  assert.equal(await column('Memory').count(), 0);
  await vmRow(page, 'hello').getByText('Debian GNU/Linux 13 (trixie)').waitFor();
});

test('no row moves under the pointer, but what it says changes', async (t) => {
  const { page, mock } = await openPage(t, '/vms?state=RUNNING');
  await shows(page, ['hello', 'web-1']);
  await vmRow(page, 'web-1').hover();
  const hello = put(mock, 'hello', { powerState: 'STOPPED', version: 50 });
  mock.emit('vm', hello);
  await vmRow(page, 'hello').getByText('Stopped').waitFor();
  const made = { ...hello, id: '0192e000-0000-7000-8000-aaaaaaaaaaaa', name: 'a-newcomer', powerState: 'RUNNING' };
  mock.state.vm.push(made);
  mock.emit('vm', made, 'created');
  await page.getByText('The list has changed; its rows move when the pointer leaves it or rests.').waitFor();
  assert.deepEqual(await names(page), ['hello', 'web-1']);
  await page.getByRole('heading', { name: 'Virtual machines' }).hover();
  await shows(page, ['a-newcomer', 'web-1']);
});

test('many events are one look at the list', async (t) => {
  const { page, mock } = await openPage(t, '/vms', 'crowd');
  await vmRow(page, 'vm-00001').waitFor();
  const asked = () => mock.asked.filter(({ method, path }) => method === 'GET' && path === '/vms').length;
  const before = asked();
  for (let i = 0; i < 3000; i++) mock.emit('vm', { ...mock.state.vm[i], powerState: 'CRASHED', version: 9 });
  await vmRow(page, 'vm-00100').getByText('Crashed').waitFor();
  assert.equal(asked(), before);
});
