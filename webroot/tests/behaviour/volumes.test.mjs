import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GIB, id } from '../mock/data.mjs';
import { button, openPage, sent, textBox } from './harness.mjs';

const asked = (mock, method, path) => mock.asked.filter((one) => one.method === method && one.path === path);
const volumeTable = (page) => page.getByRole('grid', { name: 'Volumes', exact: true });
const row = (page, name) => volumeTable(page).getByRole('row').filter({ hasText: name });
const OLD_DATA = id('volume old-data');

async function take(page, name, action) {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  return page.getByRole('dialog');
}

test('a snapshot is made, gone back to and deleted', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await take(page, 'old-data-disk0', 'Snapshots');
  await textBox(dialog, 'Name of a new snapshot').fill('later');
  await button(dialog, 'Create snapshot').click();
  const snapshot = dialog.getByRole('row').filter({ hasText: 'later' });
  await button(snapshot, 'Revert').click();
  const question = page.getByRole('dialog', { name: /back to later/ });
  await question.getByText('is lost for good').waitFor();
  await button(question, 'Revert').click();
  await question.waitFor({ state: 'detached' });
  await button(snapshot, 'Delete').click();
  await button(page.getByRole('dialog', { name: /Delete the snapshot/ }), 'Delete').click();
  await snapshot.waitFor({ state: 'detached' });
  const made = asked(mock, 'POST', `/volumes/${OLD_DATA}/snapshots`);
  assert.deepEqual(made[0].body, { name: 'later' });
});

test('a volume is cloned beside itself, or copied into another pool', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const clone = await take(page, 'old-data-disk0', 'Clone or copy');
  await textBox(clone, 'Name').fill('twin');
  await clone.getByLabel('Share no blocks with its origin').check();
  await button(clone, 'Clone').click();
  await clone.waitFor({ state: 'detached' });
  await row(page, 'twin').waitFor();
  const copy = await take(page, 'old-data-disk0', 'Clone or copy');
  await textBox(copy, 'Name').fill('moved');
  await copy.getByLabel('Pool').selectOption({ label: 'rbd' });
  await copy.getByText('can be cancelled').waitFor();
  await button(copy, 'Copy').click();
  await copy.waitFor({ state: 'detached' });
  await row(page, 'moved').getByRole('link', { name: 'rbd' }).waitFor();
  const [cloned, copied] = asked(mock, 'POST', '/volumes');
  assert.deepEqual(cloned.body, {
    ...{ name: 'twin', poolId: id('pool local'), sizeBytes: 40 * GIB, sourceVolumeId: OLD_DATA },
    independent: true,
  });
  assert.equal(copied.body.poolId, id('pool rbd'));
});

test('what a running VM writes to is copied elsewhere, not cloned beside itself, and the dialog says why', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const data = mock.state.volume.find((volume) => volume.name === 'old-data-disk0');
  Object.assign(data, { attachments: [{ vmId: id('vm hello'), readOnly: false }], version: data.version + 1 });
  mock.state.pool.find((pool) => pool.name === 'local').abilities.liveSnapshots = true;
  await page.reload();
  await row(page, 'old-data-disk0').getByRole('link', { name: 'hello' }).waitFor();
  const dialog = await take(page, 'old-data-disk0', 'Clone or copy');
  await textBox(dialog, 'Name').fill('twin');
  await dialog.getByText('Clone a snapshot of it, or copy it elsewhere.').waitFor();
  assert.ok(await button(dialog, 'Clone').isDisabled());
  await dialog.getByLabel('Pool').selectOption({ label: 'rbd' });
  await button(dialog, 'Copy').click();
  await row(page, 'twin').getByRole('link', { name: 'rbd' }).waitFor();
});

test('a snapshot is cloned', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await take(page, 'old-data-disk0', 'Snapshots');
  await button(dialog, 'Clone').click();
  const clone = page.getByRole('dialog', { name: /Clone the snapshot/ });
  await textBox(clone, 'Name').fill('as-it-was');
  await button(clone, 'Clone').click();
  await clone.waitFor({ state: 'detached' });
  const [sent] = asked(mock, 'POST', '/volumes');
  assert.equal(sent.body.sourceSnapshotId, id('snapshot before'));
});

test('a volume is grown, never shrunk', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await take(page, 'old-data-disk0', 'Grow');
  const size = dialog.getByRole('spinbutton');
  await size.fill('39');
  await dialog.getByText('can only grow').waitFor();
  assert.ok(await button(dialog, 'Grow').isDisabled());
  await size.fill('60');
  await button(dialog, 'Grow').click();
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(asked(mock, 'POST', `/volumes/${OLD_DATA}/resize`)[0].body, { sizeBytes: 60 * GIB });
});

test('a volume is deleted with its snapshots only when a person was told of them', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const dialog = await take(page, 'old-data-disk0', 'Delete');
  await dialog.getByText('The data on it and its snapshot are lost for good.').waitFor();
  await button(dialog, 'Delete with snapshots').click();
  await row(page, 'old-data').waitFor({ state: 'detached' });
  const [deletion] = await sent(mock, 'DELETE', `/volumes/${OLD_DATA}`);
  assert.equal(deletion.query.get('withSnapshots'), 'true');
});

test('what cannot be done with a volume says why', async (t) => {
  const { page } = await openPage(t, '/storage');
  await button(page, 'Actions for web-1-disk0').click();
  await page
    .getByRole('menuitem', { name: /^Snapshots/ })
    .getByText('Its VM runs or is suspended.')
    .waitFor();
  await page
    .getByRole('menuitem', { name: /^Delete/ })
    .getByText('A VM has it.')
    .waitFor();
});

test('a volume begins as an image that the pool has, and is large enough for it', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  await button(page, 'Create volume').click();
  const dialog = page.getByRole('dialog');
  await textBox(dialog, 'Name').fill('from-image');
  await dialog.getByLabel('Pool').selectOption({ label: 'rbd' });
  assert.equal(await dialog.getByLabel('Begins as').getByRole('option').count(), 1);
  await dialog.getByLabel('Pool').selectOption({ label: 'local' });
  await dialog.getByLabel('Begins as').selectOption({ label: 'Image debian-13' });
  await dialog.getByRole('spinbutton').fill('2');
  await dialog.getByText('The image needs 3 GiB at least.').waitFor();
  await dialog.getByRole('spinbutton').fill('8');
  await button(dialog, 'Create volume').click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(asked(mock, 'POST', '/volumes')[0].body.imageId, id('image debian'));
});

test('volumes are found by name and by who has them', async (t) => {
  const { page } = await openPage(t, '/storage');
  await row(page, 'web-1-disk0').waitFor();
  await page.getByLabel('Volumes to show').selectOption({ label: 'Of no VM' });
  await row(page, 'old-data').waitFor();
  assert.equal(await row(page, 'web-1-disk0').count(), 0);
  await textBox(page, 'Find by name, pool or VM').fill('cloned');
  await row(page, 'old-data').waitFor({ state: 'detached' });
  await row(page, 'cloned').getByText('Shares blocks with its origin').waitFor();
});
