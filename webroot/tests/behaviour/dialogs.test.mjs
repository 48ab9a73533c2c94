import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { button, openPage, textBox } from './harness.mjs';

const OLD_DATA = id('volume old-data');

/** A question that lies over a list, in which something was typed. */
async function askOverAList(page) {
  await button(page, 'Actions for old-data-disk0').click();
  await page.getByRole('menuitem', { name: 'Snapshots', exact: true }).click();
  const list = page.getByRole('dialog', { name: 'Snapshots of old-data-disk0' });
  await textBox(list, 'Name of a new snapshot').fill('half typed');
  await button(list, 'Delete').click();
  const question = page.getByRole('dialog', { name: /Delete the snapshot/ });
  await question.waitFor();
  return { list, question };
}

test('a question stays there for screen readers while what lies below it changes', async (t) => {
  const { page, mock } = await openPage(t, '/storage');
  const { list, question } = await askOverAList(page);
  const volume = mock.state.volume.find((one) => one.id === OLD_DATA);
  Object.assign(volume, { sizeBytes: 2 * volume.sizeBytes, version: volume.version + 1 });
  const readAgain = page.waitForResponse((response) => response.url().endsWith(`/volumes/${OLD_DATA}/snapshots`));
  mock.emit('volume', volume);
  await readAgain;
  // Not there for those who hear the page: the list below, until the question is answered.
  await list.waitFor({ state: 'detached' });
  await button(question, 'Cancel').click();
  await list.waitFor();
});

test('Escape closes what lies uppermost, and nothing that was typed below it is lost', async (t) => {
  const { page } = await openPage(t, '/storage');
  const { list, question } = await askOverAList(page);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.querySelector('#snapshot-name')?.value === 'half typed');
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
});
