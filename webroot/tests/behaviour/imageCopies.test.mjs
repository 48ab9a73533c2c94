import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { until } from '../e2e/until.mjs';
import { button, openPage, PATIENCE } from './harness.mjs';

const menuItem = async (page, image, name) => {
  await button(page, `Actions for ${image}`).click();
  await page.getByRole('menuitem', { name }).click();
};
const copyRow = (page, text) =>
  page
    .getByRole('grid', { name: /Copies of/ })
    .getByRole('row')
    .filter({ hasText: text });

test('an image is brought to a pool, and its details say how that goes', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  let release;
  mock.control.working = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  const pool = mock.state.pool.find((one) => one.id === id('pool rbd'));
  await menuItem(page, 'debian-13', 'Bring to a pool');
  const dialog = page.getByRole('dialog', { name: 'Bring debian-13 to a pool' });
  assert.equal(await button(dialog, 'Bring').isDisabled(), true);
  await dialog.getByLabel('Pool').selectOption({ label: pool.name });
  await button(dialog, 'Bring').click();
  await dialog.waitFor({ state: 'detached' });

  await menuItem(page, 'debian-13', 'Details');
  await copyRow(page, pool.name).getByText('Being copied', { exact: true }).waitFor();
  await until('the task is at work', PATIENCE, () => release !== undefined);
  release();
  await copyRow(page, pool.name).getByText('Ready', { exact: true }).waitFor();
  const asked = mock.asked.filter(({ path }) => path.endsWith('/copies'));
  assert.deepEqual(
    asked.map(({ body }) => body),
    [{ poolId: pool.id }],
  );
});

test('a copy is removed, but not the only one, and a refusal says why', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const debian = mock.state.image.find((image) => image.name === 'debian-13');
  await menuItem(page, 'debian-13', 'Details');
  const remove = (row) => button(row, 'Remove copy');
  await remove(copyRow(page, 'local')).hover();
  await page.getByText('It is the only copy; delete the image instead.').waitFor();
  const second = {
    poolId: id('pool rbd'),
    hostId: id('host kvm1'),
    state: 'READY',
    kept: false,
    lastUsedAt: debian.createdAt,
  };
  Object.assign(debian, { copies: [...debian.copies, second], version: 7 });
  mock.emit('image', debian);
  const pool = mock.state.pool.find((one) => one.id === second.poolId);
  await copyRow(page, pool.name).getByText('Came for a VM, and may go to make room.').waitFor();

  mock.control.baseOfVolumes = true;
  await remove(copyRow(page, pool.name)).click();
  const question = page.getByRole('dialog', { name: `Remove the copy of debian-13 from ${pool.name}?` });
  await button(question, 'Remove').click();
  await question.getByText('2 volumes are based on this copy').waitFor();
  mock.control.baseOfVolumes = false;
  await button(question, 'Remove').click();
  await copyRow(page, pool.name).waitFor({ state: 'detached' });
});
