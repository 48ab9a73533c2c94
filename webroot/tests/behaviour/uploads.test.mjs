import assert from 'node:assert/strict';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { image } from '../mock/library.mjs';
import { until } from '../e2e/until.mjs';
import { button, openFromMenu, openPage, PATIENCE } from './harness.mjs';

const FILE = { name: 'tiny.qcow2', mimeType: 'application/octet-stream', buffer: Buffer.alloc(4096, 1) };

/** Uploads that the mock holds until they are let go. */
function holdUploads(mock) {
  const waiting = [];
  mock.control.uploading = () => new Promise((resolve) => waiting.push(resolve));
  return waiting;
}

const uploads = (mock) =>
  mock.asked.filter(({ method, path }) => ['PUT', 'PATCH'].includes(method) && path.endsWith('/content'));

const area = (page) => page.getByRole('region', { name: 'Uploads' });

async function openUpload(page, imageName) {
  await page.bringToFront();
  await button(page, `Actions for ${imageName}`).click();
  await page.getByRole('menuitem', { name: 'Upload its file' }).click();
  const dialog = page.getByRole('dialog', { name: `Upload the file of ${imageName}` });
  await dialog.locator('input[type=file]').setInputFiles(FILE);
  return { dialog, send: () => button(dialog, 'Upload').click() };
}

test('a second upload of an image is refused, on the same tab and on another one', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const held = holdUploads(mock);
  const tab = await page.context().newPage();
  await tab.goto(`${mock.url}/images`);
  const second = await openUpload(tab, 'draft');
  const first = await openUpload(page, 'draft');
  await first.send();
  await first.dialog.waitFor({ state: 'detached' });
  await until('the upload has begun', PATIENCE, () => held.length === 1);

  await button(page, 'Actions for draft').click();
  await page.getByText('Its file is being uploaded.').first().waitFor();
  await tab.bringToFront();
  await second.send();
  await second.dialog.getByText('already being uploaded in another tab').waitFor();
  assert.equal(uploads(mock).length, 1);

  held[0]();
  await area(page).getByText('Sent and checked; it is there.').waitFor();
  assert.equal(uploads(mock)[0].path, `/images/${id('image draft')}/content`);
});

test('two uploads go on at a time in all tabs; the others wait, say so, and can be cancelled', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const held = holdUploads(mock);
  const tab = await page.context().newPage();
  const drafts = ['d1', 'd2', 'd3', 'd4'].map((name) => image(name, 'DRAFT'));
  mock.state.image.push(...drafts);
  for (const draft of drafts) mock.emit('image', draft, 'created');
  await tab.goto(`${mock.url}/images`);
  for (const [where, name] of [
    [tab, 'd1'],
    [page, 'd2'],
    [page, 'd3'],
    [page, 'd4'],
  ]) {
    const { dialog, send } = await openUpload(where, name);
    await send();
    await dialog.waitFor({ state: 'detached' });
  }
  const waiting = area(page).getByText('Waiting: two uploads go on at a time.');
  await waiting.nth(1).waitFor();
  await until('two uploads go on', PATIENCE, () => held.length === 2);
  await openFromMenu(page, 'Hosts');

  await button(page, 'Cancel the upload of d3').click();
  await area(page).getByText('Cancelled.').waitFor();
  held[0]();
  await until('the last one has begun', PATIENCE, () => held.length === 3);
  await waiting.first().waitFor({ state: 'detached' });
  held.slice(1).forEach((release) => release());
  await area(page).getByText('Sent and checked; it is there.').nth(1).waitFor();
  assert.deepEqual(
    uploads(mock).map(({ path }) => path),
    ['d1', 'd2', 'd4'].map((name) => `/images/${id(`image ${name}`)}/content`),
  );
});
