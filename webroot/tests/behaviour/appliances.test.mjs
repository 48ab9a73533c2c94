import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appliance } from '../mock/appliance.mjs';
import { id } from '../mock/data.mjs';
import { create, createForm, goTo } from '../createForm.mjs';
import { button, openPage, textBox } from './harness.mjs';

async function openLibrary(t) {
  const opened = await openPage(t, '/images/appliances');
  for (const one of appliance()) {
    opened.mock.state.image.push(one);
    opened.mock.emit('image', one, 'created');
  }
  return opened;
}

test('an appliance shows its machine, and its disks go with it', async (t) => {
  const { page } = await openLibrary(t);
  await button(page, 'Actions for mail-relay').click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  const details = page.getByRole('dialog', { name: 'mail-relay' });
  await details.getByText('Example Mail relay 4.2').waitFor();
  await details.getByText('UEFI').waitFor();
  assert.deepEqual(await details.getByRole('listitem').allTextContents(), [
    'mail-relay-disk1 (8 GiB)',
    'Empty (4 GiB)',
    'mail-relay-disk3 (20 GiB)',
    'VM Network',
    'DMZ',
  ]);
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Cloud images' }).click();
  await button(page, 'Actions for mail-relay-disk1').click();
  const deletion = page.getByRole('menuitem', { name: 'Delete' });
  await page.getByText('It is a disk of an appliance').waitFor();
  assert.equal(await deletion.getAttribute('aria-disabled'), 'true');
});

test('a VM of an appliance has its hardware', async (t) => {
  const { page, mock } = await openLibrary(t);
  await button(page, 'Actions for mail-relay').click();
  await page.getByRole('menuitem', { name: 'Create VM' }).click();
  const form = createForm(page);
  await goTo(form, 'Hardware');
  await form.getByRole('spinbutton', { name: 'vCPUs' }).waitFor();
  assert.equal(await form.getByRole('spinbutton', { name: 'vCPUs' }).inputValue(), '4');
  assert.equal(await form.getByRole('spinbutton', { name: 'Memory (GiB)' }).inputValue(), '6');
  await goTo(form, 'Image and disks');
  await form.getByText('mail-relay-disk3 (20 GiB)').waitFor();
  await goTo(form, 'Access');
  await form.getByText('The appliance brings accounts of its own').waitFor();
  assert.equal(await textBox(form, 'User').count(), 0);
  await goTo(form, 'Name and place');
  await textBox(form, 'Name').fill('relay');
  await goTo(form, 'Networks');
  await form.getByLabel('Network of card 2').selectOption({ index: 0 });
  await form.getByText('Its makers call it DMZ.').waitFor();
  await create(form);
  await page.waitForURL(/\/vms\/(?!new\b)[^/]+$/, { waitUntil: 'commit' });
  const [{ body }] = mock.asked.filter(({ method, path }) => method === 'POST' && path === '/vms');
  const GIB = 2 ** 30;
  assert.deepEqual(body.disks, [
    { imageId: id('image mail-relay-disk1'), sizeBytes: 8 * GIB },
    { sizeBytes: 4 * GIB },
    { imageId: id('image mail-relay-disk3'), sizeBytes: 20 * GIB },
  ]);
  assert.equal(body.firmware, 'uefi');
  assert.equal(body.nics.length, 2);
  assert.equal(body.memoryBytes, 6 * GIB);
  assert.equal(body.cloudInit, undefined);
  assert.equal(body.waitForAgent, false);
});

test('a file that ends in .ova is announced as an appliance', async (t) => {
  const { page, mock } = await openPage(t, '/images/appliances');
  await button(page, 'Add image').first().click();
  const dialog = page.getByRole('dialog', { name: 'Add image' });
  await dialog.getByRole('radio', { name: 'Download from the web' }).check();
  await textBox(dialog, 'Address').fill('https://mirror.test/pub/mail-relay.ova');
  await dialog.getByText('Each of its disks becomes an image of its own').waitFor();
  await button(dialog, 'Add image').click();
  await dialog.waitFor({ state: 'detached' });
  const [announced] = mock.asked.filter(({ method, path }) => method === 'POST' && path === '/images');
  assert.equal(announced.body.format, 'ova');
  assert.equal(announced.body.name, 'mail-relay');
});
