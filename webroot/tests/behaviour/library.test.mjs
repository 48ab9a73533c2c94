import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createForm, goTo } from '../createForm.mjs';
import { button, openPage, textBox } from './harness.mjs';

test('what was found out of a system is corrected, and a new VM is given what it needs', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  await button(page, 'Actions for debian-13').click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  const details = page.getByRole('dialog', { name: 'debian-13' });
  await details.getByText('Debian 13 (by its name)').waitFor();
  await details.getByText('512 MiB (usual for this system)').waitFor();
  await page.keyboard.press('Escape');

  await button(page, 'Actions for debian-13').click();
  await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit debian-13' });
  await textBox(dialog, 'Least memory (MiB)').fill('much');
  await dialog.getByText('A whole number of MiB.').waitFor();
  assert.equal(await button(dialog, 'Save').isDisabled(), true);
  await textBox(dialog, 'Least memory (MiB)').fill('4096');
  await dialog.getByLabel('Firmware').selectOption('uefi');
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  const [said] = mock.asked.filter(({ method }) => method === 'PATCH');
  assert.deepEqual(said.body, { operatingSystem: { leastMemoryBytes: 4 * 2 ** 30, firmware: 'uefi' } });

  await button(page, 'Actions for debian-13').click();
  await page.getByRole('menuitem', { name: 'Create VM' }).click();
  await goTo(createForm(page), 'Image and disks');
  await page.getByText('It boots with UEFI only').waitFor();
  await goTo(createForm(page), 'Hardware');
  const memory = page.getByLabel('Memory (GiB)', { exact: true });
  assert.equal(await memory.inputValue(), '4');
  await memory.fill('1');
  await page.getByText('Debian 13 needs 4 GiB at least.').waitFor();
});

test('a deprecated image is offered to nobody but who names it', async (t) => {
  const { page, mock } = await openPage(t, '/vms/new');
  await goTo(createForm(page), 'Image and disks');
  const picker = page.locator('#vm-image');
  await picker.waitFor();
  assert.deepEqual(await page.locator('#vm-image option').allTextContents(), [
    'Choose an image',
    'debian-13 (Debian 13, 3 GiB)',
  ]);
  const { id } = mock.state.image.find((image) => image.name === 'debian-12');
  await page.goto(`${mock.url}/vms/new?image=${id}`);
  await goTo(createForm(page), 'Image and disks');
  await page.getByText('It is deprecated').waitFor();
  assert.equal(await page.locator('#vm-image').inputValue(), id);
});

test('images are found by state, system and tag, and the address keeps what was chosen', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const row = (name) => page.getByRole('row').filter({ hasText: name });
  await row('debian-12').waitFor();
  assert.equal(await row('debian-13-netinst').count(), 0);
  await page.getByLabel('State', { exact: true }).selectOption('DEPRECATED');
  await page.getByLabel('Tag', { exact: true }).selectOption('lts');
  await row('alpine').waitFor({ state: 'detached' });
  await page.getByText('1 of 5').waitFor();
  assert.match(page.url(), /state=DEPRECATED&tag=lts/);
  await page.reload();
  await row('debian-12').waitFor();
  assert.equal(await page.getByLabel('State', { exact: true }).inputValue(), 'DEPRECATED');
  assert.equal(await row('alpine').count(), 0);
  await page.getByRole('tab', { name: 'ISOs' }).click();
  await row('debian-13-netinst').getByText('Private', { exact: true }).waitFor();
  assert.equal(await row('debian-12').count(), 0);
  mock.state.image.length = 0;
  await page.goto(`${mock.url}/images/isos`);
  await page.getByText('No images yet').waitFor();
});

test('an image gets tags, is made private and is deprecated in one dialog', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  await button(page, 'Actions for debian-13').click();
  await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit debian-13' });
  await textBox(dialog, 'Tags').fill('web <b>');
  await dialog.getByText('<b> is no tag').waitFor();
  await textBox(dialog, 'Tags').fill('web, 2026');
  await dialog.getByLabel('Seen by').selectOption('PRIVATE');
  await dialog.getByLabel('Offered for new VMs').selectOption('no');
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: 'debian-13' });
  await row.getByText('Deprecated', { exact: true }).waitFor();
  await row.getByText('2026', { exact: true }).waitFor();
  const [said] = mock.asked.filter(({ method }) => method === 'PATCH');
  assert.deepEqual(said.body, { tags: ['web', '2026'], visibility: 'PRIVATE', deprecated: true });
});

test('the details of an image lead to who uses it', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const image = mock.state.image.find(({ name }) => name === 'debian-13');
  const volume = mock.state.volume.find(({ attachments }) => attachments.length > 0);
  Object.assign(volume, { imageId: image.id });
  await button(page, 'Actions for debian-13').click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  const details = page.getByRole('dialog', { name: 'debian-13' });
  await details.getByRole('link', { name: volume.name, exact: true }).click();
  await page.waitForURL(`**/vms/${volume.attachments[0].vmId}`);
});
