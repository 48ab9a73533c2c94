import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, createForm, goTo, stepIn } from '../createForm.mjs';
import { button, openPage, sent, textBox } from './harness.mjs';

async function openCreate(t, control = {}) {
  const { page, mock } = await openPage(t, '/vms/new', 'full', control);
  const form = createForm(page);
  await form.waitFor();
  return { page, mock, form };
}

const created = (page) => page.waitForURL(/\/vms\/(?!new\b)[^/]+$/, { waitUntil: 'commit' });
const heading = (form, name) => form.getByRole('heading', { level: 2, name, exact: true });
const focused = (page, id) => page.locator(`#${id}:focus`).waitFor();
const question = (page) => page.getByRole('dialog', { name: 'Discard what was typed?' });
const said = (form, name) => stepIn(form, name).textContent();

/** With what no form can know for its user. */
async function fillIn(form, name = 'db-1') {
  await textBox(form, 'Name').fill(name);
  await goTo(form, 'Access');
  await form.getByRole('checkbox', { name: 'For experts: create it without a way in' }).check();
}

test('the keyboard alone goes through all steps and creates the VM', async (t) => {
  const { page, mock, form } = await openCreate(t);
  await textBox(form, 'Name').focus();
  await page.keyboard.type('by-hand');
  for (const name of ['Image and disks', 'Hardware', 'Networks', 'Access']) {
    await page.keyboard.press('Enter');
    await heading(form, name).and(page.locator(':focus')).waitFor();
    assert.equal(await stepIn(form, name).getAttribute('aria-current'), 'step');
  }
  await textBox(form, 'Password').focus();
  await page.keyboard.type('a long enough password');
  await textBox(form, 'Password again').focus();
  await page.keyboard.type('a long enough password');
  for (const name of ['Boot and first start', 'Review']) {
    await page.keyboard.press('Enter');
    await heading(form, name).and(page.locator(':focus')).waitFor();
  }
  await page.keyboard.press('Enter');
  await created(page);
  assert.equal((await sent(mock, 'POST', '/vms')).length, 1);
});

test('the list of steps is moved through by arrows, and leads anywhere at any time', async (t) => {
  const { page, form } = await openCreate(t);
  await stepIn(form, 'Name and place').focus();
  await page.keyboard.press('ArrowUp');
  await focused(page, 'vm-to-review');
  await page.keyboard.press('Home');
  await focused(page, 'vm-to-place');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await focused(page, 'vm-to-hardware');
  await page.keyboard.press('Enter');
  await heading(form, 'Hardware').and(page.locator(':focus')).waitFor();
  assert.equal(await heading(form, 'Name and place').isVisible(), false);
});

test('each step says what is missing or wrong in it, and the review says all of it', async (t) => {
  const { page, form } = await openCreate(t);
  assert.match(await said(form, 'Name and place'), /something in it is needed/);
  assert.match(await said(form, 'Access'), /something in it is needed/);
  assert.equal(await said(form, 'Hardware'), 'Hardware');
  await button(form, 'Next').click();
  await focused(page, 'vm-name');
  await form.getByText('A name is needed.').waitFor();
  assert.match(await said(form, 'Name and place'), /something in it is wrong/);
  await textBox(form, 'Name').fill('ok');
  assert.match(await said(form, 'Name and place'), /complete/);
  await goTo(form, 'Hardware');
  await form.getByRole('spinbutton', { name: 'vCPUs' }).fill('0');
  await button(form, 'Review and create').click();
  const missing = form.getByRole('listitem').filter({ hasText: /: (From 1 to 512|Nobody could log in)/ });
  await missing.nth(1).waitFor();
  await missing.filter({ hasText: 'From 1 to 512' }).getByRole('button', { name: 'Hardware' }).click();
  await focused(page, 'vm-vcpus');
  assert.match(await said(form, 'Hardware'), /something in it is wrong/);
});

test('the wizard does not go on from a step without a way in, and the review repeats what was confirmed', async (t) => {
  const { page, form } = await openCreate(t);
  await goTo(form, 'Access');
  await button(form, 'Next').click();
  await focused(page, 'vm-nobody-logs-in');
  await form.getByText('Nobody could log in: give a password or an SSH key').waitFor();
  await form.getByRole('checkbox', { name: 'For experts: create it without a way in' }).check();
  await button(form, 'Next').click();
  await heading(form, 'Boot and first start').waitFor();
  await goTo(form, 'Review');
  await form.getByText('There is neither a password nor an SSH key, as you confirmed.').waitFor();
});

test('a refusal leads to its step and field, and nothing that was typed is lost', async (t) => {
  const refuseCreate = [
    { field: 'cloudInit.user', message: 'The name is reserved.' },
    { field: 'memoryBytes', message: 'No host has so much memory free.' },
  ];
  const { page, mock, form } = await openCreate(t, { refuseCreate });
  await fillIn(form);
  await create(form);
  await focused(page, 'vm-memory');
  await form.getByText('No host has so much memory free.').waitFor();
  assert.match(await said(form, 'Access'), /something in it is wrong/);
  await form.getByRole('spinbutton', { name: 'Memory (GiB)' }).fill('1');
  assert.match(await said(form, 'Hardware'), /complete/);
  assert.match(await said(form, 'Access'), /something in it is wrong/);
  delete mock.control.refuseCreate;
  await create(form);
  await created(page);
  assert.equal((await sent(mock, 'POST', '/vms', 2)).at(-1).body.name, 'db-1');
});

test('a connection that is lost while the VM is asked for leaves all as it was, and asks for no second VM', async (t) => {
  const { page, mock, form } = await openCreate(t);
  await fillIn(form);
  mock.control.loseAnswer = ({ method, path }) => method === 'POST' && path === '/vms';
  await create(form);
  await form.getByText('The VM was not created').waitFor();
  delete mock.control.loseAnswer;
  await create(form);
  await created(page);
  const [first, second] = await sent(mock, 'POST', '/vms', 2);
  assert.equal(first.key, second.key);
});

test('what was typed is discarded only when that is meant', async (t) => {
  const { page, form } = await openCreate(t);
  await textBox(form, 'Name').fill('kept');
  await page.keyboard.press('Escape');
  await button(question(page), 'Keep editing').click();
  await question(page).waitFor({ state: 'detached' });
  assert.equal(await textBox(form, 'Name').inputValue(), 'kept');
  await page.getByRole('link', { name: 'Hosts', exact: true }).click();
  await question(page).waitFor();
  await page.keyboard.press('Escape');
  await question(page).waitFor({ state: 'detached' });
  assert.match(page.url(), /\/vms\/new$/);
  await button(form, 'Cancel').click();
  await button(question(page), 'Discard').click();
  await page.waitForURL(/\/vms$/);
});

test('closing the window asks too, where something was typed', async (t) => {
  const { page, form } = await openCreate(t);
  await textBox(form, 'Name').fill('kept');
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  assert.equal(dialog.type(), 'beforeunload');
  await dialog.dismiss();
  assert.equal(await textBox(form, 'Name').inputValue(), 'kept');
});

test('nothing is asked where nothing was typed', async (t) => {
  const { page, form } = await openCreate(t);
  await goTo(form, 'Hardware');
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/vms$/);
});
