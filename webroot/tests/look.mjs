// Screenshots of every page and dialog against the mock, to be looked at:
// npm run build && npm run look -- [part of a shot's name]
import { mkdir } from 'node:fs/promises';
import { launchBrowser } from './browser/launch.mjs';
import { startMock } from './mock/server.mjs';
import { PAGES } from './pages.mjs';
import { SCENES } from './scenes.mjs';

const OUT = new URL('./shots/', import.meta.url).pathname;
const wanted = process.argv[2] ?? '';
const LOOKS = [
  ['full', 1440, 'light'],
  ['full', 1440, 'dark'],
  ['full', 1024, 'light'],
  ['full', 1024, 'dark'],
  ['long', 1440, 'light'],
  ['long', 1024, 'dark'],
  ['empty', 1440, 'light'],
  ['empty', 1024, 'dark'],
  ['failing', 1440, 'light'],
  ['broken', 1024, 'dark'],
  ['gone', 1440, 'light'],
  ['loading', 1440, 'light'],
  ['loading', 1024, 'dark'],
  ['crowd', 1440, 'light'],
];
const FAILING = ['failing', 'broken', 'gone'];
const SETTLE_MS = 400;
/** Two tries more, a second apart. */
const GIVEN_UP_MS = 3500;

const browser = await launchBrowser();
await mkdir(OUT, { recursive: true });

async function inContext(mode, width, scheme, run) {
  const mock = await startMock(0, mode);
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  await run(mock, context);
  await context.close();
  mock.close();
}

async function shoot(mock, context, shot, path, prepare) {
  const page = await context.newPage();
  const complain = (text) => /status of|ERR_EMPTY_RESPONSE/.test(text) || console.log(shot, text);
  page.on('console', (message) => message.type() === 'error' && complain(message.text()));
  page.on('pageerror', (error) => complain(String(error)));
  await page.goto(mock.url + path, { waitUntil: 'load' });
  await page
    .locator('h1')
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => complain('has no heading'));
  await prepare?.(page, mock);
  await page.waitForTimeout(FAILING.includes(mock.control.mode) ? GIVEN_UP_MS : SETTLE_MS);
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
  if (wide > 0) complain(`is ${wide} pixels too wide`);
  await page.screenshot({ path: `${OUT}${shot}.png` });
  await page.close();
}

for (const [mode, width, scheme] of LOOKS) {
  const shots = Object.entries(PAGES)
    .map(([name, path]) => [`${name}-${mode}-${width}-${scheme}`, path])
    .filter(([shot]) => shot.includes(wanted));
  if (shots.length === 0) continue;
  await inContext(mode, width, scheme, async (mock, context) => {
    for (const [shot, path] of shots) await shoot(mock, context, shot, path);
  });
}
for (const [name, scene] of Object.entries(SCENES)) {
  for (const [width, scheme] of [
    [1440, 'light'],
    [1024, 'dark'],
  ]) {
    const shot = `scene-${name}-${width}-${scheme}`;
    if (!shot.includes(wanted)) continue;
    await inContext(scene.mode ?? 'full', width, scheme, (mock, context) => {
      Object.assign(mock.control, scene.control);
      return shoot(mock, context, shot, scene.path, scene.prepare);
    });
  }
}
await browser.close();
