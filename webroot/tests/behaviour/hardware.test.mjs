import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { create, createForm, goTo } from '../createForm.mjs';
import { button, openPage, textBox } from './harness.mjs';

const GIB = 2 ** 30;

async function openCreate(t, control = {}) {
  const { page, mock } = await openPage(t, '/vms/new', 'full', control);
  const form = createForm(page);
  await textBox(form, 'Name').fill('db-1');
  await goTo(form, 'Access');
  await form.getByRole('checkbox', { name: 'For experts: create it without a way in' }).check();
  const asked = () => mock.asked.filter(({ method, path }) => method === 'POST' && path === '/vms').at(-1).body;
  return { page, mock, form, asked };
}

const created = (page) => page.waitForURL(/\/vms\/(?!new\b)[^/]+$/, { waitUntil: 'commit' });
const select = (form, label) => form.getByLabel(label, { exact: true });

test('a name and an image are enough, and nothing is said of hardware', async (t) => {
  const { page, form, asked } = await openCreate(t);
  await create(form);
  await created(page);
  const { name, disks, nics, ...rest } = asked();
  assert.equal(name, 'db-1');
  assert.deepEqual(Object.keys(disks[0]), ['imageId', 'sizeBytes']);
  assert.deepEqual(nics, [{ network: 'default' }]);
  for (const field of ['firmware', 'cpu', 'tpm', 'watchdog', 'cdroms', 'bootOrder', 'labels', 'folder']) {
    assert.equal(rest[field], undefined, field);
  }
});

test('all that is chosen is asked for', async (t) => {
  const { page, form, asked } = await openCreate(t);
  await goTo(form, 'Name and place');
  await button(form, 'Folder and labels').click();
  await textBox(form, 'Folder').fill('team/db');
  await textBox(form, 'Labels').fill('env = test\n\nkept\n');
  await goTo(form, 'Image and disks');
  await form.getByRole('radio', { name: 'New and empty' }).check();
  await button(form, 'Bus, cache and limits').click();
  await select(form, 'Bus').selectOption('sata');
  await form.getByRole('spinbutton', { name: 'Reads per second' }).fill('500');
  await form.getByRole('spinbutton', { name: 'Written MiB/s' }).fill('2');
  await select(form, 'CD-ROM').selectOption(id('image netinst'));
  await button(form, 'Add a disk').click();
  await select(form, 'What it begins as').selectOption('volume');
  await form.locator('#vm-disk-1-volume').selectOption({ index: 1 });
  await goTo(form, 'Networks');
  await button(form, 'Network card').click();
  await select(form, 'Model').selectOption('e1000e');
  await textBox(form, 'MAC address').fill('52:54:00:12:34:56');
  await goTo(form, 'Hardware');
  await button(form, 'Firmware and processor').click();
  await select(form, 'Firmware').selectOption('uefi');
  await form.getByRole('checkbox', { name: 'Secure boot' }).check();
  await form.getByRole('checkbox', { name: 'TPM 2.0' }).check();
  await select(form, 'CPU model').selectOption('x86-64-v2');
  await form.getByRole('spinbutton', { name: 'Cores' }).fill('2');
  await select(form, 'Watchdog').selectOption('poweroff');
  await goTo(form, 'Boot and first start');
  await select(form, 'Boot first from').selectOption('nic0');
  await select(form, 'Boot second from').selectOption('disk0');
  await select(form, 'Boot third from').selectOption('cdrom0');
  await select(form, 'Boot first from').selectOption('cdrom0');
  await create(form);
  await created(page);
  const { disks, ...rest } = asked();
  assert.deepEqual(disks[0], { sizeBytes: 10 * GIB, bus: 'sata', readIops: 500, writeBytesPerSecond: 2 * 2 ** 20 });
  assert.deepEqual(Object.keys(disks[1]), ['volumeId']);
  assert.deepEqual(rest, {
    ...{ name: 'db-1', folder: 'team/db', labels: { env: 'test', kept: '' } },
    ...{ vcpus: 2, memoryBytes: 2 * GIB, cpu: { model: 'x86-64-v2', cores: 2 } },
    ...{ firmware: 'uefi', secureBoot: true, tpm: true, watchdog: { action: 'poweroff' } },
    nics: [{ network: 'default', model: 'e1000e', mac: '52:54:00:12:34:56' }],
    cdroms: [{ imageId: id('image netinst') }],
    bootOrder: ['cdrom0', 'disk0', 'nic0'],
    ...{ start: true, waitForAgent: false },
  });
});

test('each refusal is at its field, also in a part that is folded, and what was typed stays', async (t) => {
  const { page, mock, form } = await openCreate(t, {
    refuseCreate: [
      { field: 'tpm', message: 'No host has an emulator of TPMs.' },
      { field: 'nics[0].mac', message: 'Another virtual machine has the address.' },
      { field: 'disks[1].sizeBytes', message: 'Too large for the pool.' },
      { field: 'disks[0].readIops', message: 'A limit is at least 1.' },
      { field: 'labels', message: 'A VM has at most 32 labels.' },
    ],
  });
  await goTo(form, 'Image and disks');
  await button(form, 'Add a disk').click();
  await form.getByRole('spinbutton', { name: 'Size (GiB)', exact: true }).fill('70');
  await create(form);
  for (const [step, field, text] of [
    ['Name and place', 'vm-labels', 'A VM has at most 32 labels.'],
    ['Image and disks', 'vm-disk-1-size', 'Too large for the pool.'],
    ['Image and disks', 'vm-disk-readIops', 'A limit is at least 1.'],
    ['Hardware', 'vm-secure-boot', 'No host has an emulator of TPMs.'],
    ['Networks', 'vm-nic-0-mac', 'Another virtual machine has the address.'],
  ]) {
    await goTo(form, step);
    await page.locator(`#${field}-hint`).getByText(text).waitFor();
  }
  assert.equal(await page.locator('#vm-disk-1-size').inputValue(), '70');
  assert.equal(await page.locator('#vm-name').inputValue(), 'db-1');
  delete mock.control.refuseCreate;
  await create(form);
  await created(page);
});

test('vCPUs that do not come out of the topology are refused before anything is asked', async (t) => {
  const { mock, form } = await openCreate(t);
  await goTo(form, 'Hardware');
  await button(form, 'Firmware and processor').click();
  await form.getByRole('spinbutton', { name: 'Sockets' }).fill('3');
  await create(form);
  await form.getByText('They make 3 vCPUs, and the VM has 2.').waitFor();
  assert.equal(mock.asked.filter(({ method, path }) => method === 'POST' && path === '/vms').length, 0);
});

test('without an ISO the way to the library is shown', async (t) => {
  const { page } = await openPage(t, '/vms/new', 'empty');
  await goTo(createForm(page), 'Image and disks');
  await page.getByRole('radio', { name: 'New and empty' }).check();
  await page.getByText('There is no ISO to install from').waitFor();
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'ISOs of the library' }).first().click();
  await (await opened).waitForURL(/\/images\/isos$/, { waitUntil: 'commit' });
});

test('VMs are found by folder and label, and show their hardware', async (t) => {
  const { page } = await openPage(t, '/vms');
  await page.getByRole('link', { name: 'web-2' }).waitFor();
  await button(page, 'team/web').click();
  await page.getByRole('link', { name: 'web-2' }).waitFor({ state: 'detached' });
  assert.equal(await page.getByPlaceholder('Find by name').inputValue(), 'folder:team/web');
  await page.getByPlaceholder('Find by name').fill('label:env=prod');
  await page.getByRole('link', { name: 'web-1' }).waitFor({ state: 'detached' });
  await page.getByPlaceholder('Find by name').fill('web label:env');
  await page.getByRole('link', { name: 'web-1' }).click();
  await page.getByText('UEFI, secure boot, TPM 2.0').waitFor();
  await page.getByText('debian-13-netinst, empty').waitFor();
  await page.getByText('x86-64-v2, 1 × 2 × 2 (sockets, cores, threads)').waitFor();
});
