import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, createForm, goTo } from '../createForm.mjs';
import { button, openPage, textBox } from './harness.mjs';

const LINE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me@here';
const FURTHER = 'Host name, locale, commands and user-data';

async function openCreate(t, control = {}) {
  const { page, mock } = await openPage(t, '/vms/new', 'full', control);
  const form = createForm(page);
  await textBox(form, 'Name').fill('db-1');
  await goTo(form, 'Access');
  const asked = () => mock.asked.filter(({ method, path }) => method === 'POST' && path === '/vms');
  return { page, mock, form, asked };
}

const created = (page) => page.waitForURL(/\/vms\/(?!new)[^/]+$/, { waitUntil: 'commit' });
const expert = (form) => form.getByRole('checkbox', { name: 'For experts: create it without a way in' });

test('the form does not go on while nobody could log in, says why, and goes on when an expert confirms', async (t) => {
  const { page, form, asked } = await openCreate(t);
  await create(form);
  await form.getByText('Nobody could log in: give a password or an SSH key').waitFor();
  assert.equal(asked().length, 0);
  await page.locator('#vm-nobody-logs-in:focus').waitFor();
  await expert(form).check();
  await create(form);
  await created(page);
  assert.equal(asked()[0].body.cloudInit.nobodyLogsIn, true);
});

test('a key of the profile is kept, offered, chosen and sent', async (t) => {
  const { page, form, asked } = await openCreate(t);
  await button(page, 'User menu: admin').click();
  await page.getByRole('menuitem', { name: 'SSH keys' }).click();
  const dialog = page.getByRole('dialog', { name: 'SSH keys' });
  await dialog.getByText('You keep none yet.').waitFor();
  await textBox(dialog, 'Name').fill('laptop');
  await textBox(dialog, 'Public key').fill('hello');
  await button(dialog, 'Add key').click();
  await dialog.getByText('must begin with a key type').first().waitFor();
  await textBox(dialog, 'Public key').fill(LINE);
  await button(dialog, 'Add key').click();
  await dialog.getByRole('list', { name: 'Your SSH keys' }).getByText('laptop').waitFor();
  await button(dialog, 'Close').last().click();
  await form.getByRole('checkbox', { name: 'laptop' }).check();
  await expert(form).waitFor({ state: 'detached' });
  await create(form);
  await created(page);
  assert.deepEqual(asked()[0].body.cloudInit.sshKeys, [LINE]);
});

test('a key of the profile can be deleted', async (t) => {
  const key = { id: 'k', name: 'old', publicKey: LINE, type: 'ssh-ed25519', fingerprint: 'SHA256:x', createdAt: '' };
  const { page } = await openPage(t, '/vms', 'full', { sshKeys: [key] });
  await button(page, 'User menu: admin').click();
  await page.getByRole('menuitem', { name: 'SSH keys' }).click();
  await button(page, 'Delete old').click();
  await page.getByText('You keep none yet.').waitFor();
});

test('what cloud-init would be told is shown, with what is wrong with it', async (t) => {
  const { page, form, mock } = await openCreate(t);
  await textBox(form, 'Password').first().fill('a long enough password');
  await goTo(form, 'Boot and first start');
  await button(form, FURTHER).click();
  await form.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Vienna');
  await textBox(form, 'User-data').fill('#cloud-config\npackges: [vim]\n');
  await button(form, 'Preview what the guest is told').click();
  const dialog = page.getByRole('dialog', { name: 'What the guest is told' });
  await dialog.getByText('Did you mean "packages"?').first().waitFor();
  await button(dialog, 'Close').last().click();
  await textBox(form, 'User-data').fill('#cloud-config\npackages: [vim]\n');
  await button(form, 'Preview what the guest is told').click();
  await dialog.getByText('timezone: "Europe/Vienna"').waitFor();
  await dialog.getByRole('region', { name: 'network-config' }).getByText('version: 2').waitFor();
  await button(dialog, 'Copy user-data').waitFor();
  assert.ok(mock.asked.every(({ method, path }) => method !== 'POST' || path !== '/vms'));
});

test('what the server says of the user-data stands at its field, and nothing typed is lost', async (t) => {
  const message = 'Line 2: cloud-init does not know "packges".';
  const { form } = await openCreate(t, { refuseCreate: [{ field: 'cloudInit.userData', message }] });
  await textBox(form, 'Password').first().fill('a long enough password');
  await textBox(form, 'Password again').fill('a long enough password');
  await goTo(form, 'Boot and first start');
  await button(form, FURTHER).click();
  await textBox(form, 'User-data').fill('#cloud-config\npackges: [vim]\n');
  await textBox(form, 'Commands').fill('echo one\necho two');
  await create(form);
  await form.locator('#vm-user-data-hint').getByText(message).waitFor();
  assert.equal(await textBox(form, 'User-data').inputValue(), '#cloud-config\npackges: [vim]\n');
  assert.equal(await textBox(form, 'Commands').inputValue(), 'echo one\necho two');
});

test('a VM says how to get in', async (t) => {
  const { page } = await openPage(t, '/vms');
  await page.getByRole('link', { name: 'web-1', exact: true }).first().click();
  await page.getByText('me@here (ssh-ed25519)').waitFor();
  await page.getByText('On the console, log in as debian with the password.').waitFor();
  await button(page, 'What the guest was told').click();
  await page.getByRole('dialog', { name: 'What the guest is told' }).getByText('hashed_passwd: "********"').waitFor();
});
