import assert from 'node:assert/strict';
import { test } from 'node:test';
import { task } from '../mock/data.mjs';
import { until } from '../e2e/until.mjs';
import { button, openPage, PATIENCE, textBox } from './harness.mjs';

const deletion = (page) => page.getByRole('menuitem', { name: 'Delete' });

test('an image that is checked is deleted once no task goes on with it', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const alpine = mock.state.image.find((image) => image.name === 'alpine');
  const check = task('image.check', 'alpine', 'RUNNING', 50, { targetKind: 'image', targetId: alpine.id });
  mock.emit('task', check, 'created');
  const row = page.getByRole('row').filter({ hasText: 'alpine' });
  await row.getByText('Checking', { exact: true }).waitFor();
  await button(page, 'Actions for alpine').click();
  await page.getByText('It is being checked.').waitFor();
  assert.equal(await deletion(page).getAttribute('aria-disabled'), 'true');
  await page.keyboard.press('Escape');

  mock.emit('task', { ...check, state: 'FAILED', version: 9, endedAt: new Date().toISOString() });
  await row.getByText('Nothing checks it any more.').waitFor();
  await button(page, 'Actions for alpine').click();
  await deletion(page).click();
  await button(page.getByRole('dialog'), 'Delete').click();
  await row.waitFor({ state: 'detached' });
});

test('an image is downloaded from the web by a host, and the list says so meanwhile', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  let release;
  mock.control.working = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  await button(page, 'Add image').first().click();
  const dialog = page.getByRole('dialog', { name: 'Add image' });
  await dialog.getByRole('radio', { name: 'Download from the web' }).check();
  const address = textBox(dialog, 'Address');
  await address.fill('ftp://mirror.test/debian-13.qcow2');
  await dialog.getByText('An address of the web').waitFor();
  assert.equal(await button(dialog, 'Add image').isDisabled(), true);
  await address.fill('https://mirror.test/pub/debian-13-cloud.raw');
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'debian-13-cloud');
  assert.equal(await dialog.getByLabel('Format').inputValue(), 'raw');
  await button(dialog, 'Add image').click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: 'debian-13-cloud' });
  await row.getByText('Downloading', { exact: true }).waitFor();
  await until('the task is at work', PATIENCE, () => release !== undefined);
  release();
  await row.getByText('Ready', { exact: true }).waitFor();
  const [asked] = mock.asked.filter(({ path }) => path.endsWith('/download'));
  assert.deepEqual(asked.body, { url: 'https://mirror.test/pub/debian-13-cloud.raw' });
});

test('the checksum of an image comes from the list that is published with it', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  await button(page, 'Add image').first().click();
  const dialog = page.getByRole('dialog', { name: 'Add image' });
  await dialog.getByRole('radio', { name: 'Download from the web' }).check();
  await textBox(dialog, 'Address').fill('https://mirror.test/pub/debian-13.raw');
  await textBox(dialog, 'Name').fill('listed');
  const list = 'https://mirror.test/pub/SHA256SUMS';
  await textBox(dialog, 'Checksum').fill(list);
  await button(dialog, 'Add image').click();
  await dialog.getByText('The list has none of a file debian-13.raw.').first().waitFor();
  assert.equal(await textBox(dialog, 'Checksum').inputValue(), list);
  assert.equal(
    mock.state.image.some((image) => image.name === 'listed'),
    false,
  );
  mock.control.lists = { [list]: { 'debian-13.raw': { sha512: 'ab'.repeat(64) } } };
  await button(dialog, 'Add image').click();
  await dialog.waitFor({ state: 'detached' });
  const [announced] = mock.asked.filter(({ method, path }) => method === 'POST' && path === '/images');
  assert.equal(announced.body.sha512, 'ab'.repeat(64));
});

test("another program's disk is converted, and the image says what it came as", async (t) => {
  const { page, mock } = await openPage(t, '/images');
  let release;
  mock.control.working = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  await button(page, 'Add image').first().click();
  const dialog = page.getByRole('dialog', { name: 'Add image' });
  await dialog.getByRole('radio', { name: 'Download from the web' }).check();
  await dialog.getByText('One that is compressed (gzip, xz, zstd, bzip2) is unpacked.', { exact: true }).waitFor();
  await textBox(dialog, 'Address').fill('https://mirror.test/pub/appliance.vmdk.gz');
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'appliance');
  assert.equal(await dialog.getByLabel('Format').inputValue(), 'vmdk');
  await dialog.getByText('It is converted to qcow2.').waitFor();
  await button(dialog, 'Add image').click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: 'appliance' });
  await row.getByText('Converting', { exact: true }).waitFor();
  await until('the task is at work', PATIENCE, () => release !== undefined);
  release();
  await row.getByText('Ready', { exact: true }).waitFor();
  await row.getByText('qcow2', { exact: true }).waitFor();
  await button(page, 'Actions for appliance').click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  const details = page.getByRole('dialog', { name: 'appliance' });
  await details.getByText('VMDK (VMware), compressed by gzip, 512 MiB').waitFor();
  await details.getByText('SHA-256 as it came').waitFor();
  const [announced] = mock.asked.filter(({ method, path }) => method === 'POST' && path === '/images');
  assert.equal(announced.body.format, 'vmdk');
});

test('what an image is can be said otherwise, but not unseen over what another person said', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const open = async (name) => {
    await button(page, `Actions for ${name}`).click();
    await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
    return page.getByRole('dialog', { name: `Edit ${name}` });
  };
  const dialog = await open('debian-13');
  assert.equal(await textBox(dialog, 'Operating system').inputValue(), 'Debian');
  assert.equal(await textBox(dialog, 'Version').inputValue(), '13');
  await textBox(dialog, 'Name').fill('not a name');
  assert.equal(await button(dialog, 'Save').isDisabled(), true);
  await textBox(dialog, 'Name').fill('trixie');
  await textBox(dialog, 'Default user').fill('');
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row').filter({ hasText: 'trixie' }).getByText('Debian 13').waitFor();

  const again = await open('trixie');
  const image = mock.state.image.find((one) => one.name === 'trixie');
  assert.equal(image.defaultUser, '');
  Object.assign(image, { description: "Somebody else's", version: image.version + 1 });
  mock.emit('image', image);
  await textBox(again, 'Description').fill('Mine');
  await button(again, 'Save').click();
  await again.getByText('trixie was changed since. Look at it in the list').waitFor();
  assert.equal(image.description, "Somebody else's");
  await textBox(again, 'Description').fill('Ours');
  await button(again, 'Save').click();
  await again.waitFor({ state: 'detached' });
  const [, , last] = mock.asked.filter(({ method, path }) => method === 'PATCH' && path === `/images/${image.id}`);
  assert.deepEqual(last.body, { description: 'Ours' });
});

test('an image whose file was refused is downloaded from another place', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  await button(page, 'Actions for evil').click();
  await page.getByRole('menuitem', { name: 'Download its file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Download the file of evil' });
  await textBox(dialog, 'Address').fill('https://mirror.test/good.qcow2');
  mock.control.loseAnswer = ({ path }) => path.endsWith('/download');
  await button(dialog, 'Download').click();
  await dialog.getByText('The server cannot be reached').waitFor();
  delete mock.control.loseAnswer;
  await button(dialog, 'Download').click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row').filter({ hasText: 'evil' }).getByText('Ready', { exact: true }).waitFor();
  const keys = mock.asked.filter(({ path }) => path.endsWith('/download')).map(({ key }) => key);
  assert.equal(new Set(keys).size, 1);
  assert.ok(keys.length >= 2);
});
