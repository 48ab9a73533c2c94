import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, heading, openPage, textBox } from './harness.mjs';

async function openVolumeForm(page, name) {
  await button(page, 'Create volume').click();
  const form = page.getByRole('dialog', { name: 'Create volume' });
  await textBox(form, 'Name').fill(name);
  return { form, send: () => button(form, 'Create volume').click() };
}

async function logInOnAnotherTab(page, mock, userName) {
  const tab = await page.context().newPage();
  await tab.goto(mock.url);
  await button(tab, `User menu: ${mock.control.userName}`).click();
  await tab.getByRole('menuitem', { name: 'Log out' }).click();
  await textBox(tab, 'User name').fill(userName);
  await textBox(tab, 'Password').fill('admin');
  await button(tab, 'Log in').click();
  await button(tab, `User menu: ${userName}`).waitFor();
  return tab;
}

const made = (mock) => mock.asked.filter(({ method, path }) => method === 'POST' && path === '/volumes');

test('a tab goes on when a session began that it was not told of', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const { form, send } = await openVolumeForm(page, 'data');
  mock.control.csrfToken = 'of a newer log-in';
  await send();
  await form.waitFor({ state: 'detached' });
  assert.deepEqual(
    made(mock).map((request) => request.csrfToken),
    ['token', 'of a newer log-in'],
  );
  assert.equal(new Set(made(mock).map((request) => request.key)).size, 1);
});

test('nothing is done in the name of a user that the tab was not told of, and the tab says who it is', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const { form, send } = await openVolumeForm(page, 'data');
  Object.assign(mock.control, { csrfToken: 'of bob', userName: 'bob' });
  await send();
  await form.getByText('This browser is now logged in as bob, so nothing was done.').waitFor();
  assert.equal(await textBox(form, 'Name').inputValue(), 'data');
  assert.equal(made(mock).length, 1);
  await button(form, 'Cancel').click();
  await page.getByText('This browser is now logged in as bob, no longer as admin.').waitFor();
  await button(page, 'User menu: bob').waitFor();
  await button(page, 'Understood').click();
  await page.getByText('no longer as admin').waitFor({ state: 'detached' });
});

test('a log-in on another tab ends the question of this one, and shows who it is now', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const { form, send } = await openVolumeForm(page, 'data');
  await logInOnAnotherTab(page, mock, 'bob');
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor({ state: 'detached' });
  assert.equal(await textBox(form, 'Name').inputValue(), 'data');
  await send();
  await form.waitFor({ state: 'detached' });
  await page.getByText('This browser is now logged in as bob, no longer as admin.').waitFor();
  assert.equal(made(mock).length, 1);
});

test('a tab on the log-in page follows a log-in on another one', async (t) => {
  const { page, mock } = await openPage(t, '/vms');
  const tab = await page.context().newPage();
  await tab.goto(`${mock.url}/hosts`);
  await heading(tab, 'Hosts').waitFor();
  await button(page, 'User menu: admin').click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await heading(page, 'Log in to LimiQuantix').waitFor();
  const dialog = tab.getByRole('dialog', { name: 'Your session has ended' });
  await textBox(dialog, 'Password').fill('admin');
  await tab.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await heading(page, 'Virtual machines').waitFor();
});
