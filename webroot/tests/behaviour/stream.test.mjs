import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { openPage, PATIENCE, vmRow } from './harness.mjs';

test('changes that nobody answers for are said to be unknown, and asked for again', async (t) => {
  const { page, mock } = await openPage(t, '/vms', 'full', { heldStreams: 1 });
  const { name } = mock.state.vm[0];
  await vmRow(page, name).waitFor();
  const lost = page.getByText('The connection to the server is lost');
  await lost.waitFor();
  // While nobody listens.
  mock.state.vm[0].name = 'renamed-meanwhile';
  await vmRow(page, 'renamed-meanwhile').waitFor();
  await lost.waitFor({ state: 'detached' });
});

test('a tab whose shared worker never says a word listens by itself', async (t) => {
  const { page, mock } = await openPage(t, '/hosts');
  await page.addInitScript(() => {
    // Its other end is nobody's.
    window.SharedWorker = class extends EventTarget {
      port = new MessageChannel().port1;
    };
  });
  await page.clock.install();
  await page.goto(`${mock.url}/vms`);
  await vmRow(page, 'hello').waitFor();
  await until('the worker has left with its page', PATIENCE, () => mock.countStreams() === 0);
  await page.clock.fastForward(20_000);
  await until('the tab listens', PATIENCE, () => mock.countStreams() > 0);
  const hello = mock.state.vm.find(({ name }) => name === 'hello');
  mock.emit('vm', { ...hello, powerState: 'PAUSED', version: 50 });
  await vmRow(page, 'hello').getByText('Paused').waitFor();
});
