import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { id } from '../mock/data.mjs';
import { button, openPage } from './harness.mjs';

const of = (name) => `/vms/${id(`vm ${name}`)}/xml`;
const text = (page, name, view) => page.getByRole('region', { name: `Definition of ${name}: ${view}` });

test('how a VM runs and what it is started from the next time are two views of its XML', async (t) => {
  const { page } = await openPage(t, of('hello'), 'full', { pendingMemory: true });
  const live = text(page, 'hello', 'Running now');
  await live.getByText("<domain type='kvm' id='1'>").waitFor();
  const now = await live.getByText('<memory').innerText();
  await button(page, 'From the next start').click();
  const defined = text(page, 'hello', 'From the next start');
  await defined.getByText("<domain type='kvm'>").waitFor();
  assert.notEqual(await defined.getByText('<memory').innerText(), now);
});

test('a definition is copied and saved as it is shown', async (t) => {
  const { page } = await openPage(t, of('hello'));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const shown = await text(page, 'hello', 'Running now').locator('pre').textContent();
  await button(page, 'Copy').click();
  await page.getByRole('status').getByText('Copied', { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => window.navigator.clipboard.readText()), shown);
  await button(page, 'From the next start').click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()]);
  assert.equal(download.suggestedFilename(), 'hello.xml');
  const saved = await readFile(await download.path(), 'utf8');
  assert.equal(saved, await text(page, 'hello', 'From the next start').locator('pre').textContent());
});

test('a long definition scrolls by the keys', async (t) => {
  const { page } = await openPage(t, of('hello'));
  await page.setViewportSize({ width: 1440, height: 600 });
  const region = text(page, 'hello', 'Running now');
  await button(page, 'Read again').focus();
  await page.keyboard.press('Tab');
  assert.equal(await region.evaluate((node) => node === document.activeElement), true);
  await page.keyboard.press('End');
  await region.getByText('</domain>').waitFor();
  await page.waitForFunction((node) => node.scrollTop > 0, await region.elementHandle());
});

test('a VM that is off has what it is started from, which follows when it starts', async (t) => {
  const { page, mock } = await openPage(t, of('web-2'));
  await text(page, 'web-2', 'From the next start').waitFor();
  assert.equal(await button(page, 'Running now').isDisabled(), true);
  const vm = mock.state.vm.find(({ name }) => name === 'web-2');
  Object.assign(vm, { powerState: 'RUNNING', changedAt: new Date().toISOString() });
  mock.emit('vm', vm);
  await text(page, 'web-2', 'Running now').getByText("id='1'").waitFor();
});

test('a VM without a domain, and a host that is silent, say so, and one tries again', async (t) => {
  const { page } = await openPage(t, of('build'));
  await page.getByRole('heading', { name: 'The definition could not be read' }).waitFor();
  await page.getByText('build is being created').waitFor();
  const silent = await openPage(t, of('hello'), 'full', { hostSilent: true });
  await silent.page.getByText('The host kvm1.example.net does not answer.').waitFor();
  silent.mock.control.hostSilent = false;
  await button(silent.page, 'Try again').click();
  await text(silent.page, 'hello', 'Running now').waitFor();
});
