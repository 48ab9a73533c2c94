import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, createForm, goTo } from '../createForm.mjs';
import { button, heading, openPage, textBox } from './harness.mjs';

async function logInAgain(page) {
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await textBox(dialog, 'Password').fill('admin');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

test('what was typed survives a session that ends while the form is sent', async (t) => {
  const { page, mock } = await openPage(t, '/vms/new');
  const form = createForm(page);
  await textBox(page, 'Name').fill('typed-before');
  await goTo(form, 'Access');
  await textBox(page, 'Password').fill('a long enough password');
  await textBox(page, 'Password again').fill('a long enough password');
  await goTo(form, 'Review');
  await form.getByText('10 GiB, from debian-13').waitFor();
  mock.control.loggedIn = false;
  await button(form, 'Create VM').click();
  await logInAgain(page);
  await goTo(form, 'Name and place');
  assert.equal(await textBox(page, 'Name').inputValue(), 'typed-before');
  await create(form);
  await heading(page, 'typed-before').waitFor();
});

test('what was typed into a dialog survives too', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  await button(page, 'Create volume').click();
  const form = page.getByRole('dialog', { name: 'Create volume' });
  await textBox(form, 'Name').fill('data');
  mock.control.loggedIn = false;
  await button(form, 'Create volume').click();
  await logInAgain(page);
  assert.equal(await textBox(form, 'Name').inputValue(), 'data');
  await button(form, 'Create volume').click();
  await form.waitFor({ state: 'detached' });
});

test('a page whose first questions are not answered asks again by itself', async (t) => {
  let refused = 0;
  const starting = { status: 503, body: { title: 'UNAVAILABLE', code: 'UNAVAILABLE', detail: 'It is starting.' } };
  const refuse = ({ path }) => (path === '/session' && refused++ < 2 ? starting : undefined);
  const { page } = await openPage(t, '/vms', 'full', { refuse });
  await page.getByRole('link', { name: 'hello', exact: true }).waitFor();
  assert.ok(refused > 2);
});

test('a session that ends while nothing is done is noticed', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  await page.getByRole('link', { name: 'hello', exact: true }).waitFor();
  mock.control.loggedIn = false;
  mock.endStreams();
  await logInAgain(page);
  const hello = mock.state.vm.find((vm) => vm.name === 'hello');
  Object.assign(hello, { powerState: 'PAUSED', version: 99 });
  mock.emit('vm', hello);
  await page
    .getByRole('row')
    .filter({ hasText: 'hello' })
    .getByText('Paused')
    .waitFor()
    .catch(() => assert.fail('The list is no longer live after logging in again.'));
});

test('the password is changed from the user menu and by the banner of the first one', async (t) => {
  const { page } = await openPage(t, '/', 'full', { mustChangePassword: true });
  await button(page, 'Choose your own').click();
  const dialog = page.getByRole('dialog', { name: 'Change password' });
  const send = button(dialog, 'Change password');
  await textBox(dialog, 'Old password').fill('wrong');
  await textBox(dialog, 'New password').fill('short');
  await dialog.getByText('At least 12 characters.').waitFor();
  await textBox(dialog, 'New password').fill('correct horse battery');
  await textBox(dialog, 'New password again').fill('correct horse');
  await dialog.getByText('The two passwords differ.').waitFor();
  assert.equal(await send.isDisabled(), true);
  await textBox(dialog, 'New password again').fill('correct horse battery');
  await send.click();
  await dialog.getByText('This is not your password.').waitFor();
  assert.equal(await textBox(dialog, 'New password').inputValue(), 'correct horse battery');
  await textBox(dialog, 'Old password').fill('admin');
  await send.click();
  await dialog.waitFor({ state: 'detached' });
  await button(page, 'Choose your own').waitFor({ state: 'detached' });
  await button(page, 'User menu: admin').click();
  await page.getByRole('menuitem', { name: 'Change password' }).click();
  await dialog.waitFor();
});

test('logging out leads to the log-in page and leaves nothing behind', async (t) => {
  const { page } = await openPage(t, '/vms');
  await button(page, 'User menu: admin').click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await heading(page, 'Log in to LimiQuantix').waitFor();
  await textBox(page, 'User name').fill('admin');
  await textBox(page, 'Password').fill('nonsense');
  await button(page, 'Log in').click();
  await page.getByText('The user name or the password is wrong.').waitFor();
  assert.equal(await textBox(page, 'User name').inputValue(), 'admin');
  await textBox(page, 'Password').fill('admin');
  await button(page, 'Log in').click();
  await heading(page, 'Virtual machines').waitFor();
});
