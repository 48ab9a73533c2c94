import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { problem } from '../mock/api.mjs';
import { button, openPage, textBox } from './harness.mjs';

const asked = (mock, method, path) => mock.asked.filter((one) => one.method === method && one.path === path);
const poolRow = (page, name) => page.getByRole('grid', { name: 'Pools' }).getByRole('row').filter({ hasText: name });

const editRbd = async (page, name = 'rbd') => {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
  return page.getByRole('dialog', { name: `Edit ${name}` });
};
const changesSent = (mock) => asked(mock, 'PATCH', `/pools/${id('pool rbd')}`).map(({ body }) => body);

test('of a pool what its driver lets be changed is changed, and the rest says why it stays', async (t) => {
  const { page, mock } = await openPage(t, `/storage/pools/${id('pool rbd')}`);
  const dialog = await editRbd(page);
  await textBox(dialog, 'Name').waitFor();
  const place = textBox(dialog, 'RBD pool');
  await place.waitFor();
  assert.equal(await place.inputValue(), 'vms');
  assert.equal(await place.getAttribute('readonly'), '');
  await dialog.getByText("It cannot be changed. It says where the pool's data is.").waitFor();
  assert.equal(await button(dialog, 'Save').isDisabled(), true, 'Nothing was changed yet.');
  const key = dialog.getByLabel('Key', { exact: false }).first();
  assert.equal(await key.inputValue(), '');
  await textBox(dialog, 'Monitors').fill('');
  await dialog.getByText('It is needed.').waitFor();
  assert.equal(await button(dialog, 'Save').isDisabled(), true);
  await textBox(dialog, 'Monitors').fill('10.0.0.9');
  await key.fill('AQBrotated==');
  mock.control.refuse = ({ method }) =>
    method === 'PATCH' &&
    problem(422, 'INVALID', 'Host kvm1: the key is wrong. Nothing was changed.', {
      errors: [{ field: 'settings.key', message: 'The cluster does not let the user in.' }],
    });
  await page.keyboard.press('Enter');
  await dialog.getByText('The cluster does not let the user in.').waitFor();
  assert.equal(await key.inputValue(), 'AQBrotated==', 'What was typed stays.');
  delete mock.control.refuse;
  await key.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(changesSent(mock).at(-1), {
    settings: { monitors: '10.0.0.9' },
    secrets: { key: 'AQBrotated==' },
  });
  await page.getByText('10.0.0.9').first().waitFor();
  assert.equal(await page.getByText('AQBrotated').count(), 0);
});

test('a pool is not changed unseen over what another person changed', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await editRbd(page);
  await textBox(dialog, 'Monitors').waitFor();
  const pool = mock.state.pool.find(({ name }) => name === 'rbd');
  Object.assign(pool, { settings: { ...pool.settings, user: 'other' }, version: pool.version + 1 });
  mock.emit('pool', pool);
  await textBox(dialog, 'Name').fill('cluster');
  await button(dialog, 'Save').click();
  await dialog.getByText('rbd was changed since. Look at it in the list').waitFor();
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(changesSent(mock).at(-1), { name: 'cluster' });
  assert.equal(pool.settings.user, 'other');
  await poolRow(page, 'cluster').waitFor();
});

test('a pool is taken from a host that is dead only on demand, and never from one that is up', async (t) => {
  const { page, mock } = await openPage(t, `/storage/pools/${id('pool fast')}`);
  await button(page, 'Actions for kvm1.example.net').click();
  await page.getByText('The host is up: it gives the pool up itself.').waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Actions for kvm2.example.net').click();
  await page.getByRole('menuitem', { name: 'Take away without the host' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('they may still be running there', { exact: false }).waitFor();
  mock.control.refuse = (request) =>
    request.method === 'DELETE' && problem(409, 'CONFLICT', 'There are VMs with disks in the pool: hello.');
  await button(dialog, 'Take away').click();
  await dialog.getByText('There are VMs with disks in the pool: hello.').waitFor();
  delete mock.control.refuse;
  await button(dialog, 'Take away').click();
  await dialog.waitFor({ state: 'detached' });
  await button(page, 'Actions for kvm2.example.net').waitFor({ state: 'detached' });
  const sent = mock.asked.filter(({ method }) => method === 'DELETE');
  assert.ok(sent.every(({ query }) => String(query ?? '').includes('force=true')));
});
