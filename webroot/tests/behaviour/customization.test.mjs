import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, createForm, goTo } from '../createForm.mjs';
import { id } from '../mock/data.mjs';
import { button, openPage, sent, textBox } from './harness.mjs';

const PATH = '/customization-specs';
const SPEC = `${PATH}/${id('customization spec base')}`;
const row = (page, name) =>
  page.getByRole('grid', { name: 'Customization specs', exact: true }).getByRole('row').filter({ hasText: name });

async function take(page, name, action) {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole('menuitem', { name: action }).click();
  return page.getByRole('dialog');
}

test('the first customization spec is created, and its password is not asked for again', async (t) => {
  const { page, mock } = await openPage(t, PATH, 'empty');
  await page.getByText('No customization specs yet').waitFor();
  await button(page, 'Create customization spec').click();
  const dialog = page.getByRole('dialog');
  assert.ok(await button(dialog, 'Create').isDisabled());
  await textBox(dialog, 'Name').fill('db');
  await textBox(dialog, 'Host name').fill('db_{n}');
  await dialog.getByText('A host name: letters, digits').waitFor();
  await textBox(dialog, 'Host name').fill('db-{n}.example.org');
  await dialog.getByText('the clone web-07 is called db-07.example.org').waitFor();
  await textBox(dialog, 'User').fill('ops');
  await textBox(dialog, 'Password').fill('a long enough password');
  await textBox(dialog, 'Password again').fill('a long enough password');
  await textBox(dialog, 'Packages').fill('postgresql');
  await button(dialog, 'Create').click();
  await dialog.waitFor({ state: 'detached' });
  await row(page, 'db').getByText('user ops, password, 1 package').waitFor();
  const { body } = (await sent(mock, 'POST', PATH)).at(-1);
  assert.equal(body.cloudInit.password, 'a long enough password');
  assert.equal(body.hostNamePattern, 'db-{n}.example.org');
  assert.equal('nobodyLogsIn' in body.cloudInit, false);
});

test('an edit keeps the password that is not typed, and says when somebody else was faster', async (t) => {
  const { page, mock } = await openPage(t, PATH);
  const dialog = await take(page, 'base', 'Edit');
  await dialog.getByText('Empty: the one that the customization spec keeps.').waitFor();
  await textBox(dialog, 'Packages').fill('htop vim');
  const kept = mock.state.customizationSpec.find(({ name }) => name === 'base');
  kept.version += 1;
  await button(dialog, 'Save').click();
  await dialog.getByText('base was changed since.').waitFor();
  assert.equal(await textBox(dialog, 'Packages').inputValue(), 'htop vim');
  kept.version -= 1;
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  const { body } = (await sent(mock, 'PUT', SPEC, 2)).at(-1);
  assert.deepEqual(body.cloudInit.packages, ['htop', 'vim']);
  assert.equal('password' in body.cloudInit, false);
  assert.equal('forget' in body, false);
  await row(page, 'base').getByText('password, 2 packages').waitFor();
});

test('one is duplicated under a name that is free, and deleted once that is confirmed', async (t) => {
  const { page } = await openPage(t, PATH);
  const dialog = await take(page, 'base', 'Duplicate');
  await textBox(dialog, 'Name').fill('Office');
  await button(dialog, 'Duplicate').click();
  await dialog.getByText('There is already a customization spec called Office.').first().waitFor();
  await textBox(dialog, 'Name').fill('copied');
  await button(dialog, 'Duplicate').click();
  await dialog.waitFor({ state: 'detached' });
  await row(page, 'copied').waitFor();
  const asked = await take(page, 'copied', 'Delete');
  await asked.getByText('Virtual machines that were made by it stay as they are.').waitFor();
  await button(asked, 'Delete').click();
  await row(page, 'copied').waitFor({ state: 'detached' });
});

test('the wizard is filled in from a spec, and needs no other password', async (t) => {
  const { page, mock } = await openPage(t, '/vms/new');
  const form = createForm(page);
  await textBox(form, 'Name').fill('shop');
  await goTo(form, 'Access');
  await form.getByLabel('Customization spec').selectOption('base');
  await form.getByText('It sets: user ops, password, 1 package').waitFor();
  assert.equal(await textBox(form, 'User').inputValue(), 'ops');
  assert.equal(await form.getByText('Nobody can log in yet').count(), 0);
  await create(form);
  const { body } = (await sent(mock, 'POST', '/vms')).at(-1);
  assert.equal(body.customizationSpecId, id('customization spec base'));
  assert.deepEqual(body.cloudInit.packages, ['htop']);
  assert.equal('password' in body.cloudInit, false);
});

test('clones are set up by a spec that numbers them', async (t) => {
  const path = `/vms/${id('vm web-2')}`;
  const { page, mock } = await openPage(t, path);
  const dialog = await take(page, 'web-2', 'Clone…');
  await dialog.getByLabel('By a customization spec').check();
  assert.ok(await button(dialog, 'Clone').isDisabled());
  await dialog
    .getByRole('combobox', { name: 'Customization spec' })
    .selectOption({ label: 'web-servers: Linux (cloud-init)' });
  await dialog.getByText('It numbers host names').waitFor();
  await textBox(dialog, 'Name').fill('shop-{1..3}');
  await dialog.getByText('It sets: user ops, password').waitFor();
  await button(dialog, 'Make 3 clones').click();
  await dialog.waitFor({ state: 'detached' });
  const { body } = (await sent(mock, 'POST', `${path}/clone`)).at(-1);
  assert.equal(body.customizationSpecId, id('customization spec web-servers'));
  assert.equal('cloudInit' in body, false);
});
