import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../mock/api.mjs';
import { id } from '../mock/data.mjs';
import { until } from '../e2e/until.mjs';
import { button, openPage, PATIENCE } from './harness.mjs';

const HELLO = `/vms/${id('vm hello')}`;
const isRead = (request) => request.path.endsWith('/statistics');

test('the numbers of a VM are drawn and said in words, for the time that is chosen, and go on', async (t) => {
  const { page, mock } = await openPage(t, HELLO);
  await page.getByRole('tab', { name: 'Monitoring' }).click();
  const processor = page.getByRole('region', { name: 'Processor' });
  await processor.locator('canvas').waitFor();
  await processor
    .getByRole('list', { name: 'Processor in words' })
    .getByText(/In use: \d+(\.\d)? % now/)
    .waitFor();
  await until('only what is new is read again', PATIENCE, () => mock.asked.filter(isRead).length > 1);
  const [first, again] = mock.asked.filter(isRead);
  assert.equal(again.query.get('resolution'), '5');
  assert.ok(Date.parse(again.query.get('from')) - Date.parse(first.query.get('from')) > 3_500_000);
  await button(page, '24 h').click();
  await until('a day is read', PATIENCE, () => {
    const { query } = mock.asked.findLast(isRead);
    return Date.now() - Date.parse(query.get('from')) > 86_000_000;
  });
});

test('each disk has its numbers', async (t) => {
  const { page } = await openPage(t, `${HELLO}/monitoring`);
  const throughput = page.getByRole('region', { name: 'Disk throughput' });
  const choice = throughput.getByLabel('Device of Disk throughput');
  await choice.selectOption('vdb');
  assert.equal(await choice.inputValue(), 'vdb');
  await throughput.getByText(/Written: .*\/s on average/).waitFor();
});

test('a VM that is off, one that was never measured and a host that is away say so', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${id('vm web-2')}/monitoring`, 'full', { nothingMeasured: true });
  await page.getByText('The VM is not running, so nothing of it is measured now.').waitFor();
  await page.getByText('Nothing was measured in this time').waitFor();
  mock.control.refuse = (request) =>
    isRead(request) && problem(503, 'UNAVAILABLE', 'The host kvm2, which keeps these numbers, does not answer.');
  await button(page, '7 d').click();
  await page.getByText('The host kvm2, which keeps these numbers, does not answer.').waitFor();
  delete mock.control.refuse;
  mock.control.nothingMeasured = false;
  await button(page, 'Try again').click();
  await page.getByRole('region', { name: 'Processor' }).waitFor();
});

test('a host has charts too, and the reason why its guests have no numbers now', async (t) => {
  const { page } = await openPage(t, `/hosts/${id('host kvm1')}`, 'full', {
    notMeasuredNow: 'libvirt cannot be used now: The connection to libvirt was lost.',
  });
  await page.getByRole('region', { name: 'Load average' }).locator('canvas').waitFor();
  await page.getByText('libvirt cannot be used now: The connection to libvirt was lost.').waitFor();
});
