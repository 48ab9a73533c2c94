import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disks } from '../diskActions.mjs';
import { id } from '../mock/data.mjs';
import { button, openPage, sent } from './harness.mjs';

const path = `/vms/${id('vm web-1')}`;

/** The dialog of web-1's storage. */
async function openStorage(t, control = {}) {
  const opened = await openPage(t, path, 'full', control);
  await button(opened.page, 'Actions for web-1').click();
  await opened.page.getByRole('menuitem', { name: 'Migrate…' }).click();
  const dialog = opened.page.getByRole('dialog', { name: 'Migrate web-1' });
  await dialog.getByRole('radio', { name: 'Change storage' }).check();
  return { ...opened, dialog };
}

const poolsOf = ({ state }) => {
  const vm = state.vm.find(({ name }) => name === 'web-1');
  const others = state.pool.filter(({ id: pool }) => pool !== vm.disks[0].poolId);
  const here = ({ hosts }) => hosts.some(({ hostId }) => hostId === vm.hostId);
  return { vm, near: others.find(here), far: others.find((pool) => !here(pool)) };
};

test('all disks go to a pool that is chosen, and the task is followed', async (t) => {
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  const { page, mock, dialog } = await openStorage(t, { working: () => held });
  const { vm, near } = poolsOf(mock);
  await dialog.getByText('web-1 goes on running while its disks are copied').waitFor();
  await dialog.getByRole('radio', { name: near.name, exact: true }).check();
  await dialog.getByLabel('Bandwidth (MiB/s)', { exact: true }).fill('50');
  await button(dialog, 'Migrate').click();
  await dialog.waitFor({ state: 'detached' });
  const [{ body }] = await sent(mock, 'POST', `${path}/move-disks`);
  assert.deepEqual(body, {
    disks: vm.disks.map(({ volumeId }) => ({ volumeId, poolId: near.id })),
    bandwidthMibPerSecond: 50,
  });
  const banner = page.getByText('Its disks are being moved to another pool');
  await banner.waitFor();
  await page.getByText(/1 GiB of 4 GiB/).waitFor();
  letGo();
  await banner.waitFor({ state: 'detached' });
});

test('a pool that cannot take them says why, and so does a disk that has to stay', async (t) => {
  const { mock, dialog } = await openStorage(t, {
    poolObstacles: ({ name }) => [`The pool ${name} is in maintenance.`],
    diskObstacles: () => [],
  });
  const { near } = poolsOf(mock);
  await dialog.getByText(`The pool ${near.name} is in maintenance.`).waitFor();
  assert.equal(await dialog.getByRole('radio', { name: near.name, exact: true }).isDisabled(), true);
  assert.equal(await button(dialog, 'Migrate').isDisabled(), true);
});

test('one disk is moved from the list of disks', async (t) => {
  const { page, mock } = await openPage(t, path);
  const { vm, near } = poolsOf(mock);
  await button(disks(page), 'Move').first().click();
  const dialog = page.getByRole('dialog', { name: /^Move .* to another pool$/ });
  await dialog.getByRole('radio', { name: near.name, exact: true }).check();
  await button(dialog, 'Move').click();
  await dialog.waitFor({ state: 'detached' });
  const [{ body }] = await sent(mock, 'POST', `${path}/move-disks`);
  assert.deepEqual(body, { disks: [{ volumeId: vm.disks[0].volumeId, poolId: near.id }] });
});
