import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { audited } from '../mock/audits.mjs';
import { ago, id, task } from '../mock/data.mjs';
import { problem } from '../mock/api.mjs';
import { vmEvent } from '../mock/vmEvents.mjs';
import { button, openPage, PATIENCE } from './harness.mjs';

const WEB_1 = id('vm web-1');
const path = `/vms/${WEB_1}/events`;
const table = (page) => page.getByRole('grid', { name: 'Events' });
const rows = (page) => table(page).locator('tbody tr');
const countIs = (page, count) =>
  until(`${count} entries are shown`, PATIENCE, async () => (await rows(page).count()) === count);
const choose = (page, label, choice) => page.getByRole('combobox', { name: label, exact: true }).selectOption(choice);

async function openEvents(t, control = {}) {
  const opened = await openPage(t, path, 'full', control);
  await rows(opened.page).first().waitFor();
  return opened;
}

test('what happened by itself, by tasks and by what needed none is one list, newest first', async (t) => {
  const { page } = await openEvents(t);
  const times = await table(page)
    .locator('time')
    .evaluateAll((all) => all.map((one) => one.dateTime));
  assert.deepEqual(times, [...times].sort().reverse());
  const crash = rows(page).filter({ hasText: 'Crashed' });
  await crash.getByText(/ended unexpectedly.* 12 times, the last at/).waitFor();
  await rows(page).filter({ hasText: 'Open console' }).getByText('Succeeded').waitFor();
  await rows(page).filter({ hasText: 'Edit VM' }).getByText('Name: web-one').waitFor();
  assert.equal(await page.getByText('deleted').count(), 0, 'nothing of other VMs');
});

test('it is found by what it is, by whom and when', async (t) => {
  const { page, mock } = await openEvents(t);
  mock.state.task.push(task('vm.reset', 'web-1', 'SUCCEEDED', 100, { actor: 'bob', createdAt: ago(30) }));
  await choose(page, 'Category', 'Events');
  await countIs(page, 6);
  await choose(page, 'Kind', 'Crashed');
  await countIs(page, 1);
  await choose(page, 'Category', 'Tasks');
  await rows(page).filter({ hasText: 'Reset VM' }).waitFor();
  await page.getByRole('textbox', { name: 'By user' }).fill('Bob');
  await countIs(page, 1);
  await choose(page, 'Category', 'Events');
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  await button(page, 'Clear the filters').click();
  await choose(page, 'When', 'The last hour');
  await until('old ones are left out', PATIENCE, async () => !(await page.getByText('Became unknown').count()));
  await rows(page).filter({ hasText: 'Crashed' }).waitFor();
});

test('older entries are read when somebody asks for them', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  mock.state.vmEvent = Array.from({ length: 230 }, (_, i) => vmEvent('web-2', 'PAUSED', i * 60, `Number ${i}.`));
  mock.state.task = [];
  mock.state.audit = [];
  await page.goto(`${mock.url}/vms/${id('vm web-2')}/events`);
  await countIs(page, 100);
  await button(page, 'Look further back').click();
  await countIs(page, 200);
  await button(page, 'Look further back').click();
  await page.getByText('Number 229.').waitFor();
  assert.equal(await button(page, 'Look further back').count(), 0, 'there is nothing older');
});

test('what happens while somebody looks appears by itself', async (t) => {
  const { page, mock } = await openEvents(t);
  mock.state.vmEvent.push(vmEvent('web-1', 'PAUSED_BY_WATCHDOG', 0, 'No sign of life.'));
  const vm = mock.state.vm.find((one) => one.id === WEB_1);
  mock.emit('vm', { ...vm, powerState: 'PAUSED', changedAt: new Date().toISOString() });
  await page.getByText('No sign of life.').waitFor();
  const begun = task('vm.force-stop', 'web-1', 'RUNNING', 10, { createdAt: ago(0) });
  mock.state.task.push(begun);
  mock.emit('task', begun);
  const row = rows(page).filter({ hasText: 'Force stop VM' });
  await row.getByText('Under way').waitFor();
  Object.assign(begun, { state: 'SUCCEEDED', version: begun.version + 1, endedAt: ago(0) });
  mock.emit('task', begun);
  await row.getByText('Succeeded').waitFor();
});

test('it is reached and filtered by keyboard alone', async (t) => {
  const { page } = await openPage(t, `/vms/${WEB_1}`);
  await page.getByRole('tab', { name: 'Events' }).focus();
  await page.keyboard.press('Enter');
  await rows(page).first().waitFor();
  await page.getByRole('textbox', { name: 'By user' }).focus();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Category');
  await page.keyboard.press('ArrowDown');
  await countIs(page, 6);
});

test('a VM to which nothing has happened says so, and one that may not be seen too', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  mock.state.vmEvent = [];
  mock.state.task = [];
  mock.state.audit = [audited(9, 'POST', '/vms/{vmId}/start', 'startVm', 202, {}, { targetId: WEB_1 })];
  await page.goto(mock.url + path);
  await page.getByRole('heading', { name: 'Nothing has happened to this VM yet' }).waitFor();
  mock.control.refuse = (request) =>
    request.path.endsWith('/events') && request.path !== '/events' && problem(403, 'FORBIDDEN', 'Not for you.');
  await page.goto(mock.url + path);
  await page.getByRole('heading', { name: 'You may not see what happened to this VM' }).waitFor();
});

test('what cannot be read can be asked for again', async (t) => {
  const failing = (request) => request.path === path && problem(503, 'UNAVAILABLE', 'Nobody answers.');
  const { page, mock } = await openPage(t, path, 'full', { refuse: failing });
  await page.getByRole('heading', { name: 'The events could not be read' }).waitFor();
  mock.control.refuse = undefined;
  await button(page, 'Try again').click();
  await rows(page).first().waitFor();
});

test('an administrator still reads what happened to a VM that was deleted', async (t) => {
  const { page, mock } = await openPage(t, `/vms/${id('vm deleted')}/events`);
  await page.getByRole('heading', { name: 'There is no such virtual machine' }).waitFor();
  await countIs(page, 1);
  await page.goto(`${mock.url}/vms/${id('vm never was')}/events`);
  await page.getByRole('heading', { name: 'Nothing is kept of such a virtual machine' }).waitFor();
});
