import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { entry } from '../mock/catalogue.mjs';
import { id } from '../mock/data.mjs';
import { button, openPage, PATIENCE, textBox } from './harness.mjs';

const rowOf = (page, name) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
const downloads = (mock) =>
  mock.asked.filter(({ method, path }) => method === 'POST' && /^\/images\/catalogue\/.*\/download$/.test(path));

test('one click downloads an entry, whose row says how far that is and then leads to the library', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  await page.getByRole('tab', { name: 'Catalogue' }).click();
  await page.waitForURL('**/images/catalogue');
  const row = rowOf(page, 'Ubuntu 24.04');
  let release;
  mock.control.working = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  await button(row, 'Download').click();
  const dialog = page.getByRole('dialog', { name: 'Download Ubuntu 24.04' });
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'ubuntu-24.04');
  await textBox(dialog, 'Name').fill('debian-13');
  await dialog.getByLabel('Pool').selectOption(id('pool local'));
  await button(dialog, 'Download').click();
  await dialog.getByText('There is already an image called debian-13.').first().waitFor();
  await textBox(dialog, 'Name').fill('noble');
  mock.control.loseAnswer = ({ path }) => path.endsWith('/download');
  await button(dialog, 'Download').click();
  await dialog.getByText('The server cannot be reached').waitFor();
  delete mock.control.loseAnswer;
  await button(dialog, 'Download').click();
  await dialog.waitFor({ state: 'detached' });

  await row.getByText('Downloading', { exact: true }).waitFor();
  await row.getByRole('progressbar').waitFor();
  assert.equal(await button(row, 'Download').getAttribute('aria-disabled'), 'true');
  await until('the task is at work', PATIENCE, () => release !== undefined);
  release();
  await row.getByRole('link', { name: 'In the library' }).click();
  await page.getByRole('row').filter({ hasText: 'noble' }).getByText('Ready', { exact: true }).waitFor();
  assert.equal(await page.getByRole('row').filter({ hasText: 'debian-13' }).count(), 0);
  assert.equal(await page.getByRole('tab', { name: 'Cloud images' }).getAttribute('aria-selected'), 'true');
  const sent = downloads(mock);
  assert.deepEqual(sent.at(-1).body, { name: 'noble', poolId: id('pool local') });
  assert.equal(new Set(sent.slice(1).map(({ key }) => key)).size, 1);
  assert.equal(mock.state.image.filter(({ name }) => name === 'noble').length, 1);
});

test('an image whose file was refused is tried again by the same name', async (t) => {
  const { page, mock } = await openPage(t, '/images');
  const evil = mock.state.image.find(({ name }) => name === 'evil');
  evil.catalogueEntryId = id('entry debian-12');
  await page.goto(`${mock.url}/images/catalogue`);
  const row = rowOf(page, 'Debian 12');
  await row.getByText('Refused', { exact: true }).waitFor();
  await row.getByText('backing file /etc/passwd').waitFor();
  await button(row, 'Download').click();
  const dialog = page.getByRole('dialog', { name: 'Download Debian 12' });
  assert.equal(await textBox(dialog, 'Name').inputValue(), 'evil');
  await button(dialog, 'Download').click();
  await row.getByRole('link', { name: 'In the library' }).waitFor();
  assert.equal(evil.state, 'READY');
});

test('entries are found by words, distribution, kind and architecture', async (t) => {
  const { page } = await openPage(t, '/images/catalogue');
  await page.getByText('7 of 7').waitFor();
  await page.getByLabel('Kind').selectOption('Installer');
  await page.getByText('1 of 7').waitFor();
  await rowOf(page, 'Debian 13, network installer').waitFor();
  await page.getByLabel('Architecture').selectOption('aarch64');
  await page.getByText('Nothing matches').waitFor();
  await page.getByLabel('Kind').selectOption('All kinds');
  await rowOf(page, 'Debian 13 for ARM').waitFor();
  await page.getByLabel('Architecture').selectOption('All architectures');
  await page.getByLabel('Distribution', { exact: true }).selectOption('Ubuntu');
  await page.getByText('1 of 7').waitFor();
  await page.getByLabel('Distribution', { exact: true }).selectOption('All distributions');
  await textBox(page, 'Find in the catalogue').fill('freebsd');
  await rowOf(page, 'FreeBSD 15.1').getByText('qcow2 in xz').waitFor();
  await page.getByText('1 of 7').waitFor();
});

test('a catalogue that cannot be read any more is shown as it was, and says so until it can', async (t) => {
  const { page, mock } = await openPage(t, '/images/catalogue');
  await rowOf(page, 'Ours 7').waitFor();
  mock.state.catalogue.failing = ({ kind }) => kind === 'ADDRESS' && 'catalogue.example.org does not answer.';
  await button(page, 'Refresh').click();
  await page.getByText(/Ours could not be read since/).waitFor();
  await page
    .getByText(/What you see of it \(1 entry\) was read on .* catalogue.example.org does not answer\./)
    .waitFor();
  await rowOf(page, 'Ours 7').waitFor();
  delete mock.state.catalogue.failing;
  const more = entry('appliance-8', 'Ours', '8', { sourceId: id('source Ours') });
  mock.state.catalogue.entries.push(more);
  await button(page, 'Refresh').click();
  await page.getByText(/could not be read since/).waitFor({ state: 'detached' });
  await rowOf(page, 'Ours 8').waitFor();
});

test('catalogues of the web are added and removed', async (t) => {
  const { page, mock } = await openPage(t, '/images/catalogue');
  await button(page, 'Manage catalogues').click();
  const dialog = page.getByRole('dialog', { name: 'Catalogues' });
  const address = textBox(dialog, 'Address of another catalogue');
  await address.fill('file:///etc/passwd');
  assert.equal(await button(dialog, 'Add catalogue').isDisabled(), true);
  await address.fill('https://other.example.org/images.yaml');
  await button(dialog, 'Add catalogue').click();
  const row = dialog.getByRole('row').filter({ hasText: 'other.example.org' });
  await row.getByText('Being read').waitFor();
  await row.getByText('Read', { exact: true }).first().waitFor();
  const builtIn = dialog.getByRole('row').filter({ hasText: 'Official images' });
  assert.equal(await button(builtIn, 'Remove').getAttribute('aria-disabled'), 'true');
  await button(dialog.getByRole('row').filter({ hasText: 'Ours' }), 'Remove').click();
  await button(page.getByRole('dialog', { name: 'Remove Ours?' }), 'Remove').click();
  await until('it is removed', PATIENCE, () => mock.asked.some(({ method }) => method === 'DELETE'));
  await dialog.getByRole('row').filter({ hasText: 'Ours' }).waitFor({ state: 'detached' });
  assert.deepEqual(
    mock.state.catalogue.sources.map(({ name }) => name),
    ['Official images', 'https://other.example.org/images.yaml'],
  );
});
