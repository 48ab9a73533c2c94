import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { ago, id, task } from '../mock/data.mjs';
import { button, openPage, PATIENCE } from './harness.mjs';

const HOUR = 3600;
const old = (number, more) =>
  task('vm.start', 'web-1', 'SUCCEEDED', 100, {
    id: id(`old task ${number}`),
    actor: number % 50 === 49 ? 'bob' : 'admin',
    createdAt: ago((number + 2) * HOUR),
    ...more,
  });

const rows = (page) => page.getByRole('grid', { name: 'Tasks' }).getByRole('button', { name: /^Log of/ });
const countIs = (page, count) =>
  until(`${count} tasks are shown`, PATIENCE, async () => (await rows(page).count()) === count);

/** The tasks of a VM that has many. */
async function openTasks(t, count) {
  const opened = await openPage(t, '/vms');
  for (let number = 0; number < count; number++) opened.mock.state.task.push(old(number));
  await opened.page.goto(`${opened.mock.url}/vms/${id('vm web-1')}/tasks`);
  await rows(opened.page).first().waitFor();
  return opened;
}

test('all that was done with a VM is read page by page, and nothing of others', async (t) => {
  const { page, mock } = await openTasks(t, 250);
  assert.equal(await page.getByText('build', { exact: true }).count(), 0);
  await page.getByText(/^\d+ of the newest \d+ are shown\.$/).waitFor();
  assert.ok((await rows(page).count()) < 251, 'not all are read at once');
  await button(page, 'Look further back').click();
  await until('a second page is read', PATIENCE, () => mock.asked.some(({ query }) => query?.get('cursor') === '100'));
  await button(page, 'Look further back').click();
  await countIs(page, 251);
  assert.equal(await button(page, 'Look further back').count(), 0, 'there is nothing older');
});

test('what was done with a VM is found by who did it, when, what it was and how it went', async (t) => {
  const { page, mock } = await openTasks(t, 60);
  mock.emit('task', task('vm.edit', 'web-1', 'FAILED', 10, { failure: { code: 'CONFLICT', message: 'No room.' } }));
  await page.getByText('No room.').waitFor();
  await page.getByRole('textbox', { name: 'Find by task or user' }).fill('bob');
  await countIs(page, 1);
  await page.getByRole('textbox', { name: 'Find by task or user' }).fill('');
  await page.getByRole('combobox', { name: 'When' }).selectOption('The last hour');
  await countIs(page, 2);
  await page.getByRole('combobox', { name: 'Kind of task' }).selectOption('Change VM');
  await countIs(page, 1);
  await button(page, 'Succeeded').click();
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  await button(page, 'Clear the filters').click();
  await countIs(page, 62);
});
