import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../browser/launch.mjs';
import { startMock } from '../mock/server.mjs';
import { PAGES } from '../pages.mjs';
import { SCENES } from '../scenes.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Spinners and skeletons make way for what they stand for. */
const SETTLE_MS = 700;

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

async function complaints(scene, colorScheme) {
  const mock = await startMock(0, scene.mode ?? 'full');
  Object.assign(mock.control, scene.control);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme, bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.goto(mock.url + scene.path);
    await page.locator('h1').first().waitFor();
    await scene.prepare?.(page, mock);
    await page.waitForTimeout(SETTLE_MS);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return violations
      .filter(({ impact }) => impact === 'critical' || impact === 'serious')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  } finally {
    await context.close();
    mock.close();
  }
}

const pages = Object.entries(PAGES).map(([name, path]) => [name, { path }]);
for (const [name, scene, scheme] of [
  ...pages.map((page) => [...page, 'light']),
  ...pages.map((page) => [...page, 'dark']),
  ...Object.entries(SCENES).map((named) => [...named, 'light']),
  ['log-in', SCENES['log-in'], 'dark'],
]) {
  test(`${name} can be used by everybody (${scheme})`, async () =>
    assert.deepEqual(await complaints(scene, scheme), []));
}
