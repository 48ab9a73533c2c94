import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { button, openPage, sent } from './harness.mjs';

const path = (vm) => `/vms/${id(`vm ${vm}`)}`;

async function openClone(t, vm) {
  const opened = await openPage(t, path(vm));
  await opened.page.getByRole('button', { name: `Actions for ${vm}` }).click();
  await opened.page.getByRole('menuitem', { name: 'Clone…' }).click();
  return { ...opened, dialog: opened.page.getByRole('dialog', { name: `Clone ${vm}` }) };
}

const request = async (mock, vm) => (await sent(mock, 'POST', `${path(vm)}/clone`)).at(-1).body;

test('many are made at once, under names that are shown before', async (t) => {
  const { mock, dialog } = await openClone(t, 'web-1');
  await dialog.getByLabel('Name').fill('shop-{01..20}');
  await dialog.getByText('shop-01, shop-02, shop-03, shop-04 … shop-20 (20 clones)').waitFor();
  await dialog.getByLabel('Linked clone').check();
  await dialog.getByLabel('Start them when they are made').check();
  await button(dialog, 'Make 20 clones').click();
  await dialog.waitFor({ state: 'detached' });
  const body = await request(mock, 'web-1');
  assert.equal(body.kind, 'LINKED');
  assert.equal(body.start, true);
  assert.equal(body.pools, undefined);
  assert.equal(mock.state.vm.filter((vm) => vm.name.startsWith('shop-')).length, 20);
});

test('names that are taken are said beside the name, and what was typed stays', async (t) => {
  const { dialog } = await openClone(t, 'web-1');
  await dialog.getByLabel('Name').fill('web-{1..2}');
  await dialog.getByLabel('Description').fill('why');
  await button(dialog, 'Make 2 clones').click();
  await dialog.getByText('There are virtual machines of these names already: web-1, web-2.').first().waitFor();
  assert.equal(await dialog.getByLabel('Description').inputValue(), 'why');
});

test('a run of numbers that is none is said while it is typed', async (t) => {
  const { dialog } = await openClone(t, 'web-1');
  await dialog.getByLabel('Name').fill('web-{1..}');
  await dialog.getByText('Many clones have one run of numbers in their name').waitFor();
  assert.equal(await button(dialog, 'Clone').isDisabled(), true);
});

test('the guest is set up otherwise only with a way in', async (t) => {
  const { mock, dialog } = await openClone(t, 'web-1');
  await dialog.getByLabel('Otherwise, by cloud-init').check();
  await dialog.getByText('Nobody could log in: give a password or an SSH key.').waitFor();
  await dialog.getByRole('textbox', { name: 'Password', exact: true }).fill('correct horse');
  await button(dialog, 'Clone').click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await request(mock, 'web-1')).cloudInit.user, 'admin');
});

test('a clone begins with a snapshot, which says who needs it', async (t) => {
  const { page, mock } = await openPage(t, `${path('web-2')}/snapshots`);
  await page.getByText('Needed by shop-1, shop-2').waitFor();
  await page.getByRole('button', { name: 'Actions for installed' }).click();
  await page.getByRole('menuitem', { name: 'Clone from this snapshot…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clone web-2' });
  await button(dialog, 'Clone').click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await request(mock, 'web-2')).snapshotId, id('vm snapshot installed'));
});
