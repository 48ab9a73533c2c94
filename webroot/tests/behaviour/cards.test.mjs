import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { create as askForIt, createForm, goTo } from '../createForm.mjs';
import { button, openPage, sent, textBox } from './harness.mjs';

async function openCreate(t, control = {}) {
  const { page, mock } = await openPage(t, '/vms/new', 'full', control);
  const form = createForm(page);
  await textBox(form, 'Name').fill('db-1');
  await goTo(form, 'Access');
  await form.getByRole('checkbox', { name: 'For experts: create it without a way in' }).check();
  const create = async () => {
    await askForIt(form);
    return (await sent(mock, 'POST', '/vms')).at(-1).body;
  };
  return { page, mock, form, create };
}

const field = (page, name) => page.locator(`#vm-${name}`);
const remove = (form, what) => button(form, `Remove ${what}`).click();

test('each card has its network, its limits and its addresses', async (t) => {
  const { page, form, create } = await openCreate(t);
  await goTo(form, 'Networks');
  await button(form, 'Add a network card').click();
  await field(page, 'nic-1-network').selectOption('lan');
  await button(form, 'Card 2: model, MAC address and limits').click();
  await field(page, 'nic-1-inbound').fill('1000');
  await field(page, 'nic-1-link-up').uncheck();
  await field(page, 'nic-1-v4-static').check();
  await field(page, 'nic-1-v4-address').fill('192.0.2.10/24');
  await field(page, 'nic-1-v4-gateway').fill('192.0.2.1');
  await field(page, 'nic-1-v6-static').check();
  await field(page, 'nic-1-v6-address').fill('2001:db8::10/64');
  await button(form, 'Card 2: name servers, search domains and MTU').click();
  await field(page, 'nic-1-name-servers').fill('192.0.2.1 2001:db8::1');
  await field(page, 'nic-1-search-domains').fill('example.net');
  await field(page, 'nic-1-mtu').fill('9000');
  const { nics, cloudInit } = await create();
  assert.deepEqual(nics, [{ network: 'default' }, { network: 'lan', linkUp: false, inboundBytesPerSecond: 1_024_000 }]);
  assert.deepEqual(cloudInit.networks, [
    {
      nic: 1,
      addresses: ['192.0.2.10/24', '2001:db8::10/64'],
      gateway4: '192.0.2.1',
      nameServers: ['192.0.2.1', '2001:db8::1'],
      searchDomains: ['example.net'],
      mtu: 9000,
    },
  ]);
});

test('a card that is taken away leaves the others and the boot order as they were meant', async (t) => {
  const { page, form, create } = await openCreate(t);
  await goTo(form, 'Networks');
  await button(form, 'Add a network card').click();
  await button(form, 'Add a network card').click();
  await field(page, 'nic-2-network').selectOption('lan');
  await goTo(form, 'Boot and first start');
  await form.getByLabel('Boot first from', { exact: true }).selectOption('nic2');
  await form.getByLabel('Boot second from', { exact: true }).selectOption('disk0');
  await goTo(form, 'Networks');
  await remove(form, 'network card 2');
  const { nics, bootOrder } = await create();
  assert.deepEqual(nics, [{ network: 'default' }, { network: 'lan' }]);
  assert.deepEqual(bootOrder, ['nic1', 'disk0']);
});

test('disks are made in the pools that were chosen, and there are several drives', async (t) => {
  const { page, form, create } = await openCreate(t);
  await goTo(form, 'Image and disks');
  await field(page, 'disk-pool').selectOption(id('pool rbd'));
  await button(form, 'Add a disk').click();
  await field(page, 'disk-1-pool').selectOption(id('pool local'));
  await field(page, 'cdrom-0').selectOption(id('image netinst'));
  await button(form, 'Add a CD-ROM drive').click();
  await button(form, 'Add a CD-ROM drive').click();
  await remove(form, 'CD-ROM 2');
  const { disks, cdroms } = await create();
  assert.deepEqual(
    disks.map(({ poolId }) => poolId),
    [id('pool rbd'), id('pool local')],
  );
  assert.deepEqual(cdroms, [{ imageId: id('image netinst') }, {}]);
});

test('what the server refuses of a card is at its field, and what was typed stays', async (t) => {
  const { page, form, create } = await openCreate(t, {
    refuseCreate: [
      { field: 'cloudInit.networks[0].gateway4', message: '10.0.0.1 is in no network of the interface.' },
      { field: 'nics[1].mac', message: 'Another virtual machine has the address.' },
      { field: 'disks[0].poolId', message: 'The pool is full.' },
      { field: 'bootOrder[0]', message: 'There is no such device.' },
    ],
  });
  await goTo(form, 'Networks');
  await button(form, 'Add a network card').click();
  await field(page, 'nic-1-v4-static').check();
  await field(page, 'nic-1-v4-address').fill('192.0.2.10/24');
  await field(page, 'nic-1-v4-gateway').fill('10.0.0.1');
  await create();
  for (const [step, name, text] of [
    ['Image and disks', 'disk-pool', 'The pool is full.'],
    ['Networks', 'nic-1-v4-gateway', '10.0.0.1 is in no network of the interface.'],
    ['Networks', 'nic-1-mac', 'Another virtual machine has the address.'],
    ['Boot and first start', 'boot', 'There is no such device.'],
  ]) {
    await goTo(form, step);
    await page.locator(`#vm-${name}-hint`).getByText(text).waitFor();
  }
  assert.equal(await field(page, 'nic-1-v4-gateway').inputValue(), '10.0.0.1');
});
