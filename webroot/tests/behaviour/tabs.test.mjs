import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { openPage, vmRow, PATIENCE } from './harness.mjs';

/** More than the connections that a browser opens to one server. */
const TABS = 9;

/** A browser draws what is in the background seldom. */
async function hears(tab, powerState) {
  await tab.bringToFront();
  await vmRow(tab, 'hello').getByText(powerState, { exact: true }).waitFor();
}

test('many tabs are live at once, also after some were closed', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  const tabs = [page];
  while (tabs.length < TABS) {
    const tab = await page.context().newPage();
    await tab.goto(`${mock.url}/vms`);
    await hears(tab, 'Running');
    tabs.push(tab);
  }
  const hello = mock.state.vm.find((vm) => vm.name === 'hello');
  mock.emit('vm', { ...hello, powerState: 'PAUSED', version: 50 });
  for (const tab of tabs) await hears(tab, 'Paused');
  assert.equal(mock.countStreams(), 1);

  for (const tab of tabs.splice(0, TABS - 2)) await tab.close();
  mock.emit('vm', { ...hello, powerState: 'RUNNING', version: 51 });
  for (const tab of tabs) await hears(tab, 'Running');

  for (const tab of tabs.slice(1)) await tab.close();
  await tabs[0].goto('about:blank');
  await until('nobody holds the stream', PATIENCE, () => mock.countStreams() === 0);
});
