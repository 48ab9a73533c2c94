import assert from 'node:assert/strict';
import { test } from 'node:test';
import { task } from '../mock/data.mjs';
import { button, openPage } from './harness.mjs';

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
