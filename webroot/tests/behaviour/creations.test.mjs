import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '../mock/api.mjs';
import { correctDirectory, create, fillDirectoryPool, openPoolWizard } from '../poolWizard.mjs';
import { button, openPage, textBox } from './harness.mjs';

const RIGHT = 'a'.repeat(64);
const WRONG = 'b'.repeat(64);

const isPost = (request, path) => request.method === 'POST' && request.path === path;
const posts = (mock, path) => mock.asked.filter((request) => isPost(request, path));
const keys = (requests) => new Set(requests.map((request) => request.key));

async function openForm(page, name) {
  await button(page, name).click();
  return page.getByRole('dialog', { name });
}

async function openImport(t) {
  const { page, mock } = await openPage(t, '/images');
  const form = await openForm(page, 'Add image');
  await form.getByRole('radio', { name: 'Import from a host' }).check();
  await textBox(form, 'Path on the host').pressSequentially('/srv/bookworm.qcow2');
  await textBox(form, 'Checksum').fill(WRONG);
  return { page, mock, form, send: () => button(form, 'Add image').click() };
}

const announced = (mock) => mock.state.image.filter((image) => image.name === 'bookworm');

test('a SHA-256 that was corrected after the import was refused is the one that is expected', async (t) => {
  const { mock, form, send } = await openImport(t);
  mock.control.refuse = (request) =>
    request.path.endsWith('/import') && problem(400, 'INVALID', 'There are 2 hosts.', { field: 'hostId', errors: [] });
  await send();
  await form.getByText('There are 2 hosts.').first().waitFor();
  assert.equal(await textBox(form, 'Name').inputValue(), 'bookworm');
  assert.equal(await textBox(form, 'Path on the host').inputValue(), '/srv/bookworm.qcow2');
  delete mock.control.refuse;
  await textBox(form, 'Checksum').fill(RIGHT);
  await form.getByLabel('Host', { exact: true }).selectOption({ label: 'kvm1.example.net' });
  await send();
  await form.waitFor({ state: 'detached' });
  assert.deepEqual(
    announced(mock).map((image) => image.sha256),
    [RIGHT],
  );
  const sent = mock.asked.filter((request) => request.path.endsWith('/import')).at(-1);
  assert.equal(sent.path, `/images/${announced(mock)[0].id}/import`);
  assert.equal(sent.body.hostId, mock.state.host[0].id);
});

test('an announcement whose answer was lost makes no second image, and a correction replaces it', async (t) => {
  const { mock, form, send } = await openImport(t);
  mock.control.loseAnswer = (request) => isPost(request, '/images');
  await send();
  await form.getByText('The server cannot be reached.').waitFor();
  await send();
  await button(form, 'Add image').and(form.locator(':enabled')).waitFor();
  assert.equal(announced(mock).length, 1);
  delete mock.control.loseAnswer;
  await textBox(form, 'Checksum').fill(RIGHT);
  await send();
  await form.waitFor({ state: 'detached' });
  assert.deepEqual(
    announced(mock).map((image) => image.sha256),
    [RIGHT],
  );
});

test('a pool is created as it was corrected', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const wizard = await openPoolWizard(page);
  await fillDirectoryPool(wizard, 'fast', '/mnt/fast');
  await create(wizard).click();
  await wizard.getByText('The pool cannot be created.').waitFor();
  mock.control.createPools = true;
  await correctDirectory(wizard, '/srv/fast');
  await create(wizard).click();
  await wizard.waitFor({ state: 'detached' });
  const sent = posts(mock, '/pools');
  assert.deepEqual(sent.at(-1).body, {
    ...{ name: 'fast', driver: 'local', settings: { path: '/srv/fast' } },
    secrets: {},
    hostIds: [],
  });
  assert.equal(keys(sent).size, 2);
});

test('a pool whose answer was lost is made once, and what it is instead of the correction is said', async (t) => {
  const { page, mock } = await openPage(t, '/storage', 'full', { createPools: true });
  const wizard = await openPoolWizard(page);
  await fillDirectoryPool(wizard, 'fast2', '/mnt/fast');
  mock.control.loseAnswer = (request) => isPost(request, '/pools');
  await create(wizard).click();
  await wizard.getByText('The server cannot be reached.').waitFor();
  delete mock.control.loseAnswer;
  await correctDirectory(wizard, '/srv/fast');
  await create(wizard).click();
  await wizard.getByText('An earlier attempt went through after all').waitFor();
  await button(wizard, 'Back').click();
  assert.equal(await textBox(wizard, 'Directory').inputValue(), '/srv/fast');
  assert.equal(keys(posts(mock, '/pools')).size, 1);
  assert.deepEqual(
    mock.state.pool.filter((pool) => pool.name === 'fast2').map((pool) => pool.settings.path),
    ['/mnt/fast'],
  );
});

test('a volume is created once after a time-out, and anew after a refusal', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const failures = [
    problem(409, 'CONFLICT', 'There is already a volume called data.'),
    problem(504, 'TIMEOUT', 'No answer in time.'),
  ];
  mock.control.refuse = (request) => (isPost(request, '/volumes') ? failures.shift() : undefined);
  const form = await openForm(page, 'Create volume');
  await textBox(form, 'Name').fill('data');
  await button(form, 'Create volume').click();
  await form.getByText('There is already a volume called data.').waitFor();
  await textBox(form, 'Name').fill('data2');
  await button(form, 'Create volume').click();
  await form.getByText('No answer in time.').waitFor();
  await button(form, 'Create volume').click();
  await form.waitFor({ state: 'detached' });
  const [first, second, third] = posts(mock, '/volumes');
  assert.deepEqual([first.body.name, second.body.name, third.body.name], ['data', 'data2', 'data2']);
  assert.notEqual(second.key, first.key);
  assert.equal(third.key, second.key);
});
