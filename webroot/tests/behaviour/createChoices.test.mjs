import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { create, createForm, goTo } from '../createForm.mjs';
import { button, openPage, PATIENCE, sent, textBox } from './harness.mjs';

async function openCreate(t, control = {}) {
  const { page, mock } = await openPage(t, '/vms/new', 'full', control);
  const form = createForm(page);
  await form.waitFor();
  return { page, mock, form };
}

const created = (page) => page.waitForURL(/\/vms\/(?!new\b)[^/]+$/, { waitUntil: 'commit' });
const heading = (form, name) => form.getByRole('heading', { level: 2, name, exact: true });
const focused = (page, id) => page.locator(`#${id}:focus`).waitFor();

/** With what no form can know for its user. */
async function fillIn(form) {
  await textBox(form, 'Name').fill('db-1');
  await goTo(form, 'Access');
  await form.getByRole('checkbox', { name: 'For experts: create it without a way in' }).check();
}

test('the review shows all that was chosen, with the way back to each step', async (t) => {
  const { page, form } = await openCreate(t);
  await fillIn(form);
  await goTo(form, 'Image and disks');
  await button(form, 'Add a disk').click();
  await page.locator('#vm-disk-1-size').fill('70');
  await page.locator('#vm-disk-1-pool').selectOption({ label: 'rbd (70 GiB free)' });
  await goTo(form, 'Networks');
  await page.locator('#vm-nic-0-v4-static').check();
  await page.locator('#vm-nic-0-v4-address').fill('192.0.2.10/24');
  await goTo(form, 'Review');
  for (const text of ['db-1', '10 GiB, from debian-13, in a pool that the platform chooses', '70 GiB, empty, in rbd']) {
    await form.getByText(text, { exact: true }).waitFor();
  }
  await form.getByText('192.0.2.10/24', { exact: true }).waitFor();
  await form.getByText('Started, until its agent answers').waitFor();
  await button(form, 'Preview what the guest is told').click();
  const preview = page.getByRole('dialog', { name: 'What the guest is told' });
  await preview.getByRole('region', { name: 'user-data' }).waitFor();
  await page.keyboard.press('Escape');
  await preview.waitFor({ state: 'detached' });
  await button(form, 'Change Image and disks').click();
  await heading(form, 'Image and disks').and(page.locator(':focus')).waitFor();
});

test('a card has as many addresses as the platform takes', async (t) => {
  const { page, mock, form } = await openCreate(t);
  await fillIn(form);
  await goTo(form, 'Networks');
  await page.locator('#vm-nic-0-v4-static').check();
  await page.locator('#vm-nic-0-v6-static').check();
  const add = button(form, 'Add an IPv4 address');
  for (let i = 2; i <= 15; i++) await add.click();
  await add.waitFor({ state: 'detached' });
  await button(form, 'Remove address 15').click();
  await add.waitFor();
  await page.locator('#vm-nic-0-v6-address').fill('2001:db8::10/64');
  await page.locator('#vm-nic-0-v4-address').fill('192.0.2.1/24');
  await page.locator('#vm-nic-0-v4-address-3').fill('192.0.2.3');
  await button(form, 'Next').click();
  await focused(page, 'vm-nic-0-v4-address-3');
  await page.locator('#vm-nic-0-v4-address-3').fill('192.0.2.3/24');
  await create(form);
  await created(page);
  const [{ body }] = await sent(mock, 'POST', '/vms');
  assert.deepEqual(body.cloudInit.networks[0].addresses, ['192.0.2.1/24', '192.0.2.3/24', '2001:db8::10/64']);
});

test('an empty library offers the catalogue, and what was downloaded is chosen', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  mock.state.image.length = 0;
  await page.goto(`${mock.url}/vms/new`);
  const form = createForm(page);
  await textBox(form, 'Name').fill('db-1');
  await goTo(form, 'Image and disks');
  await form.getByText('There is no image that is ready').waitFor();
  const row = form.getByRole('row').filter({ hasText: 'Debian 12' });
  await button(row, 'Download').click();
  const dialog = page.getByRole('dialog', { name: 'Download Debian 12' });
  await textBox(dialog, 'Name').press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('#vm-image').waitFor();
  assert.equal(await page.locator('#vm-image option:checked').textContent(), 'debian-12 (Debian 12, 3 GiB)');
  assert.equal(await heading(form, 'Image and disks').isVisible(), true);
  await goTo(form, 'Name and place');
  assert.equal(await textBox(form, 'Name').inputValue(), 'db-1');
});

test('an image is found among many', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  const image = mock.state.image.find(({ name }) => name === 'debian-13');
  for (let i = 0; i < 200; i++) mock.state.image.push({ ...image, id: `golden-${i}`, name: `golden-${i}` });
  await page.goto(`${mock.url}/vms/new`);
  const form = createForm(page);
  await goTo(form, 'Image and disks');
  const search = form.getByPlaceholder('Find an image');
  await search.fill('golden-17');
  await form.getByText('11 of 201').waitFor();
  await search.press('Enter');
  await page.locator('#vm-image').selectOption('golden-177');
  await goTo(form, 'Review');
  await form.getByText('10 GiB, from golden-177').waitFor();
});

test('what could not be read is tried again in its place, and what was typed meanwhile stays', async (t) => {
  const UNREAD = /^\/(images|pools|networks|hosts)$/;
  const broken = { status: 503, body: { title: 'UNAVAILABLE', code: 'UNAVAILABLE', detail: 'Not now.' } };
  const refuse = ({ method, path }) => (method === 'GET' && UNREAD.test(path) ? broken : undefined);
  const { page, mock, form } = await openCreate(t, { refuse });
  await textBox(form, 'Name').fill('kept');
  await button(form, 'Try again to read the hosts').waitFor();
  await goTo(form, 'Networks');
  await button(form, 'Try again to read the networks').waitFor();
  await goTo(form, 'Image and disks');
  await form.getByText('The images could not be read').waitFor();
  delete mock.control.refuse;
  await button(form, 'Try again to read the pools').click();
  await page.locator('#vm-disk-pool option', { hasText: 'rbd' }).waitFor({ state: 'attached' });
  await button(form, 'Try again').click();
  await page.locator('#vm-image').waitFor();
  await until('the only image is chosen', PATIENCE, async () => (await page.locator('#vm-image').inputValue()) !== '');
  await goTo(form, 'Name and place');
  assert.equal(await textBox(form, 'Name').inputValue(), 'kept');
});
