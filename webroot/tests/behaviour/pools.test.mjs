import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { problem } from '../mock/api.mjs';
import { create, fillDirectoryPool, openPoolWizard } from '../poolWizard.mjs';
import { button, heading, openPage, sent, textBox } from './harness.mjs';

const asked = (mock, method, path) => mock.asked.filter((one) => one.method === method && one.path === path);
const poolRow = (page, name) => page.getByRole('grid', { name: 'Pools' }).getByRole('row').filter({ hasText: name });

test('a pool is tested on the chosen hosts, and what is wrong is said beside the setting', async (t) => {
  const { page, mock } = await openPage(t, '/storage', 'full', { createPools: true });
  const wizard = await openPoolWizard(page);
  await fillDirectoryPool(wizard, 'tested', '/mnt/typo');
  await wizard.getByText('It was not tested yet.').waitFor();
  await wizard.getByLabel('kvm1.example.net').check();
  await button(wizard, 'Test on these hosts').click();
  await wizard.getByText('Directory: There is no such directory.').waitFor();
  assert.deepEqual(asked(mock, 'POST', '/pools/try')[0].body.hostIds, [id('host kvm1')]);
  await button(wizard, 'Back').click();
  await wizard.getByText('There is no such directory.').waitFor();
  await textBox(wizard, 'Directory').fill('/srv/right');
  await button(wizard, 'Next').click();
  await wizard.getByText('Something was changed since the last test.').waitFor();
  await button(wizard, 'Test on these hosts').click();
  await wizard.getByText('Works', { exact: true }).waitFor();
  await create(wizard).click();
  await wizard.waitFor({ state: 'detached' });
  await poolRow(page, 'tested').waitFor();
});

test('what is secret is sent apart and never shown again', async (t) => {
  const { page, mock } = await openPage(t, '/storage', 'full', { createPools: true });
  const wizard = await openPoolWizard(page);
  await textBox(wizard, 'Name').fill('cluster');
  await wizard.getByRole('radio', { name: /^Ceph RBD/ }).check();
  await button(wizard, 'Next').click();
  assert.ok(await button(wizard, 'Next').isDisabled(), 'Everything that is required is asked for first.');
  await textBox(wizard, 'Monitors').fill('10.0.0.1');
  await textBox(wizard, 'RBD pool').fill('vms');
  await textBox(wizard, 'User').fill('limiquantix');
  const key = wizard.getByLabel('Key', { exact: false }).first();
  assert.equal(await key.getAttribute('type'), 'password');
  await key.fill('AQBsecret==');
  await button(wizard, 'Next').click();
  await create(wizard).click();
  await wizard.waitFor({ state: 'detached' });
  const [sent] = asked(mock, 'POST', '/pools');
  assert.deepEqual(sent.body.settings, { monitors: '10.0.0.1', pool: 'vms', user: 'limiquantix' });
  assert.deepEqual(sent.body.secrets, { key: 'AQBsecret==' });
  await page.getByRole('link', { name: 'cluster', exact: true }).click();
  await page.getByText('Kept encrypted, never shown').waitFor();
  assert.equal(await page.getByText('AQBsecret').count(), 0);
});

test('pools are found by what is wrong with them', async (t) => {
  const { page } = await openPage(t, '/storage');
  await poolRow(page, 'local').waitFor();
  await button(page, 'Degraded').click();
  await poolRow(page, 'fast').waitFor();
  assert.equal(await poolRow(page, 'local').count(), 0);
  await button(page, 'Maintenance').click();
  await page.getByText('1 of 3').waitFor();
  await button(page, 'All').click();
  await textBox(page, 'Find by name, type or place').fill('ceph');
  await poolRow(page, 'rbd').waitFor();
  assert.equal(await poolRow(page, 'fast').count(), 0);
});

test('a host is taken from a pool unless something there needs it, and the reason is said', async (t) => {
  const { page, mock } = await openPage(t, `/storage/pools/${id('pool fast')}`);
  const take = async (host) => {
    await button(page, `Actions for ${host}`).click();
    await page.getByRole('menuitem', { name: 'Take the pool away' }).click();
    await button(page.getByRole('dialog'), 'Take away').click();
  };
  mock.control.refuse = (request) =>
    request.method === 'DELETE' && problem(409, 'CONFLICT', 'The VM hello has a disk in the pool.');
  await take('kvm2.example.net');
  await page.getByRole('dialog').getByText('The VM hello has a disk in the pool.').waitFor();
  delete mock.control.refuse;
  await button(page.getByRole('dialog'), 'Take away').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await button(page, 'Actions for kvm2.example.net').waitFor({ state: 'detached' });
  await button(page, 'Actions for kvm1.example.net').click();
  await page.getByText('It is the last host; delete the pool instead.').first().waitFor();
});

test('a host is assigned to a pool', async (t) => {
  const { page } = await openPage(t, `/storage/pools/${id('pool local')}`);
  await button(page, 'Actions for local').click();
  await page.getByRole('menuitem', { name: 'Assign a host' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Host').selectOption({ label: 'kvm2.example.net' });
  await button(dialog, 'Assign').click();
  await dialog.waitFor({ state: 'detached' });
  await button(page, 'Actions for kvm2.example.net').waitFor();
});

test('maintenance begins and ends', async (t) => {
  const { page, mock } = await openPage(t, `/storage/pools/${id('pool local')}`);
  const menu = () => button(page, 'Actions for local').click();
  await menu();
  await page.getByRole('menuitem', { name: 'Begin maintenance' }).click();
  await button(page.getByRole('dialog'), 'Begin maintenance').click();
  await page.getByText('Maintenance', { exact: true }).waitFor();
  await menu();
  await page.getByRole('menuitem', { name: 'End maintenance' }).click();
  await page.getByText('Maintenance', { exact: true }).waitFor({ state: 'detached' });
  const sent = asked(mock, 'PUT', `/pools/${id('pool local')}/maintenance`);
  assert.deepEqual(
    sent.map((request) => request.body),
    [{ maintenance: true }, { maintenance: false }],
  );
});

test('what was made by hand is looked for and adopted under a name', async (t) => {
  const { page, mock } = await openPage(t, `/storage/pools/${id('pool fast')}`);
  await heading(page, 'fast').waitFor();
  await button(page, 'Look for them').click();
  const row = page.getByRole('row').filter({ hasText: 'by hand.qcow2' });
  await button(row, 'Adopt').click();
  const dialog = page.getByRole('dialog');
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'by-hand');
  await textBox(dialog, 'Name').fill('archive');
  await button(dialog, 'Adopt').click();
  await dialog.waitFor({ state: 'detached' });
  await row.waitFor({ state: 'detached' });
  await page.getByRole('grid', { name: 'Volumes', exact: true }).getByText('archive').waitFor();
  const [sent] = asked(mock, 'POST', `/pools/${id('pool fast')}/adopt`);
  assert.deepEqual(sent.body, { hostId: id('host kvm1'), storageName: 'by hand.qcow2', name: 'archive' });
});

test('a pool that is not there says so', async (t) => {
  const { page } = await openPage(t, '/storage/pools/0192e000-0000-7000-8000-999999999999');
  await page.getByText('There is no such pool').waitFor();
});

test('how full a pool was is drawn and said in words, for the time that is chosen', async (t) => {
  const { page, mock } = await openPage(t, `/storage/pools/${id('pool rbd')}`);
  const card = page.getByRole('region', { name: 'Capacity over time' });
  await card.getByText(/GiB at most\. No host could use the pool once in between\./).waitFor();
  await card.locator('canvas').waitFor();
  await button(card, 'Year').click();
  await card.getByRole('button', { name: 'Year', pressed: true }).waitFor();
  await sent(mock, 'GET', `/pools/${id('pool rbd')}/capacity`, 2);
});

test('that the past of a pool cannot be read is said in its place, and can be tried again', async (t) => {
  const { page, mock } = await openPage(t, `/storage/pools/${id('pool rbd')}`, 'full', { noCapacity: true });
  const card = page.getByRole('region', { name: 'Capacity over time' });
  await card.getByText('The capacity over time could not be read').waitFor();
  mock.control.noCapacity = false;
  await button(card, 'Try again').click();
  await card.locator('canvas').waitFor();
});
