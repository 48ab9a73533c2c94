import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { openPage, vmRow } from './harness.mjs';

/** More than the connections that a browser opens to one server. */
const TABS = 9;

test('many tabs are live at once, also after some were closed', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  const tabs = [page];
  while (tabs.length < TABS) {
    const tab = await page.context().newPage();
    await tab.goto(`${mock.url}/vms`);
    await vmRow(tab, 'hello').getByText('Running', { exact: true }).waitFor();
    tabs.push(tab);
  }
  const hello = mock.state.vm.find((vm) => vm.name === 'hello');
  mock.emit('vm', { ...hello, powerState: 'PAUSED', version: 50 });
  for (const tab of tabs) await vmRow(tab, 'hello').getByText('Paused', { exact: true }).waitFor();
  assert.equal(mock.countStreams(), 1);

  for (const tab of tabs.splice(0, TABS - 2)) await tab.close();
  mock.emit('vm', { ...hello, powerState: 'RUNNING', version: 51 });
  for (const tab of tabs) await vmRow(tab, 'hello').getByText('Running', { exact: true }).waitFor();

  for (const tab of tabs.slice(1)) await tab.close();
  await tabs[0].goto('about:blank');
  await until('nobody holds the stream', 10_000, () => mock.countStreams() === 0);
});
