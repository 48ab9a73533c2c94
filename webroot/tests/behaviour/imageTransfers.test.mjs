import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id, task } from '../mock/data.mjs';
import { until } from '../e2e/until.mjs';
import { button, openPage, PATIENCE } from './harness.mjs';

const MIB = 2 ** 20;

const download = (more = {}) =>
  task('image.download', 'noble', 'RUNNING', 10, {
    targetKind: 'image',
    targetId: id('image noble'),
    createdAt: new Date().toISOString(),
    startedAt: new Date().toISOString(),
    step: 'download',
    ...more,
  });

test('the transfers say how much has come, how fast, and how long it will take', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  await page.getByRole('tab', { name: 'Transfers' }).click();
  await page.waitForURL('**/images/transfers');
  await until('it asks for what moves images, however many other tasks there are', PATIENCE, () =>
    mock.asked.some(({ path, query }) => path === '/tasks' && query.get('kinds')?.includes('image.download')),
  );
  const running = download({ moved: { bytes: 40 * MIB, totalBytes: 4096 * MIB } });
  mock.state.task.unshift(running);
  mock.emit('task', running, 'created');
  const row = page.getByRole('row').filter({ hasText: 'noble' }).first();
  await row.getByText('40 MiB of 4 GiB', { exact: true }).waitFor();
  await page.clock.install();
  for (let step = 1; step <= 5; step++) {
    await page.clock.runFor(1000);
    mock.emit('task', {
      ...running,
      version: 10 + step,
      moved: { bytes: (40 + 16 * step) * MIB, totalBytes: 4096 * MIB },
    });
    await row.getByText(`${40 + 16 * step} MiB of 4 GiB`).waitFor();
  }
  await row.getByText(/120 MiB of 4 GiB, \d[\d.]* MiB\/s, .* left/).waitFor();
  await button(row, 'Cancel').waitFor();
  mock.emit('task', {
    ...running,
    version: 20,
    state: 'SUCCEEDED',
    moved: undefined,
    endedAt: new Date().toISOString(),
  });
  await row.getByText('Succeeded', { exact: true }).waitFor();
  assert.equal(await row.getByText('MiB of').count(), 0);
});

test('what moved no image is not among the transfers', async (t) => {
  const { page, mock } = await openPage(t, '/images/transfers', 'empty');
  await page.getByText('No image was moved yet').waitFor();
  mock.emit('task', task('vm.create', 'web-1', 'RUNNING', 10, {}), 'created');
  const running = download();
  mock.emit('task', running, 'created');
  await page.getByRole('row').filter({ hasText: 'noble' }).first().waitFor();
  assert.equal(await page.getByRole('row').filter({ hasText: 'web-1' }).count(), 0);
});
