import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { button, heading, openFromMenu, openPage, sent, vmRow } from './harness.mjs';

const path = (vm) => `/vms/${id(`vm ${vm}`)}`;

async function openAction(page, vm, action) {
  await button(page, `Actions for ${vm}`).click();
  await page.getByRole('menuitem', { name: action }).click();
}

test('the empty page says how to make a template, and a VM that is off becomes one', async (t) => {
  const { page, mock } = await openPage(t, path('web-2'));
  await openFromMenu(page, 'Templates');
  await page.getByText('choose “Convert to template…” in its actions').waitFor();
  await button(page, 'Go to the virtual machines')
    .or(page.getByRole('link', { name: 'Go to the virtual machines' }))
    .click();
  await vmRow(page, 'web-2').waitFor();
  await openAction(page, 'web-2', 'Convert to template…');
  const dialog = page.getByRole('dialog', { name: 'Convert web-2 to a template' });
  await dialog.getByLabel('Template name').fill('web');
  await dialog.getByLabel('Note').fill('first cut');
  await button(dialog, 'Convert').click();
  await dialog.waitFor({ state: 'detached' });
  await vmRow(page, 'web-2').waitFor({ state: 'detached' });
  const [{ body }] = await sent(mock, 'POST', `${path('web-2')}/convert-to-template`);
  assert.deepEqual(body, { name: 'web', note: 'first cut' });
  await openFromMenu(page, 'Templates');
  await button(page, 'Versions of web').waitFor();
  await page.getByText('first cut').waitFor();
});

test('one that runs cannot become a template, and says why', async (t) => {
  const { page } = await openPage(t, path('web-1'));
  await button(page, 'Actions for web-1').click();
  await page.getByRole('menuitem', { name: 'Convert to template…' }).getByText('It is not off.').waitFor();
});

test('many are deployed at once, from the version that is chosen', async (t) => {
  const { page, mock } = await openPage(t, '/templates', 'templates');
  await button(page, 'Deploy…').click();
  const dialog = page.getByRole('dialog', { name: 'Deploy gold' });
  await dialog.getByLabel('Version').waitFor();
  assert.equal(await dialog.getByLabel('Version').inputValue(), '2');
  await dialog.getByLabel('Name').fill('shop-{1..3}');
  await dialog.getByLabel('Version').selectOption({ label: '1: as installed' });
  assert.equal(await dialog.getByLabel('Name').inputValue(), 'shop-{1..3}');
  await dialog.getByLabel('Linked clone').check();
  await button(dialog, 'Deploy 3 VMs').click();
  await dialog.waitFor({ state: 'detached' });
  const [request] = await sent(mock, 'POST', '/templates/gold/deploy');
  assert.equal(request.body.name, 'shop-{1..3}');
  assert.equal(request.query.get('version'), '1');
  assert.equal(mock.state.vm.filter(({ name }) => name.startsWith('shop-')).length, 3);
});

test('the versions unfold; one that is needed cannot be deleted, the other becomes a VM again', async (t) => {
  const { page, mock } = await openPage(t, '/templates', 'templates');
  await button(page, 'Versions of gold').click();
  const versions = page.getByRole('grid', { name: 'Versions of gold' });
  await versions.getByText('as installed').waitFor();
  await button(versions, 'Actions for gold version 2').click();
  await page.getByRole('menuitem', { name: 'Delete' }).getByText('VMs need its disks.').waitFor();
  await page.keyboard.press('Escape');
  await button(versions, 'Actions for gold version 1').click();
  await page.getByRole('menuitem', { name: 'Convert to VM' }).click();
  const dialog = page.getByRole('dialog', { name: 'Convert gold-old to a VM?' });
  await button(dialog, 'Convert').click();
  await dialog.waitFor({ state: 'detached' });
  await versions.getByText('as installed').waitFor({ state: 'detached' });
  await sent(mock, 'POST', `${path('gold-old')}/convert-to-vm`);
  await openFromMenu(page, 'Virtual machines');
  await vmRow(page, 'gold-old').waitFor();
  assert.equal(await vmRow(page, 'gold-new').count(), 0);
});

test('the page of a template says so, and leads to a deployment instead of a start', async (t) => {
  const { page } = await openPage(t, path('gold-new'), 'templates');
  await heading(page, 'gold-new').waitFor();
  await page.getByText('This is a template: version 2 of gold').waitFor();
  await button(page, 'Actions for gold-new').click();
  await page.getByRole('menuitem', { name: 'Start' }).getByText('It is a template.').waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Convert to VM').click();
  await button(page.getByRole('dialog', { name: 'Convert gold-new to a VM?' }), 'Convert').click();
  await page.getByText('This is a template').waitFor({ state: 'detached' });
  await button(page, 'Start').waitFor();
});

test('a note is changed', async (t) => {
  const { page, mock } = await openPage(t, '/templates', 'templates');
  await button(page, 'Versions of gold').click();
  await button(page, 'Actions for gold version 2').click();
  await page.getByRole('menuitem', { name: 'Edit note…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Note of gold, version 2' });
  await dialog.getByLabel('Note').fill('do not use');
  await button(dialog, 'Save').click();
  await page.getByText('do not use').first().waitFor();
  const [{ body }] = await sent(mock, 'PATCH', `${path('gold-new')}/template`);
  assert.deepEqual(body, { note: 'do not use' });
});
