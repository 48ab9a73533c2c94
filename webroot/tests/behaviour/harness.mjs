import { after } from 'node:test';
import { launchBrowser } from '../browser/launch.mjs';
import { until } from '../e2e/until.mjs';
import { startMock } from '../mock/server.mjs';

export { button, heading, openFromMenu, textBox, vmRow } from '../e2e/pageParts.mjs';

/** How long to wait for what is sure to come: other tests may have the processor meanwhile. */
export const PATIENCE = 60_000;

/** The modes of the mock in which it has an event stream. */
const LIVE = new Set(['full', 'crowd', 'empty', 'long', 'templates']);

/** One browser for the tests of a file; what they keep in it is apart, see {@link openPage}. */
const browser = await launchBrowser();
after(() => browser.close());

/** What was asked of the API in this way, once that is so often: a page says that it asks before the server has heard it. */
export const sent = (mock, method, path, times = 1) =>
  until(`${method} ${path} is asked for`, PATIENCE, () => {
    const requests = mock.asked.filter((one) => one.method === method && one.path === path);
    return requests.length >= times && requests;
  });

async function explainSilence(page, mock) {
  const asked = mock.asked.map(({ method, path }) => `${method} ${path}`).join(', ') || 'nothing';
  const shown = await page.locator('body').innerText();
  throw new Error(`The page never listened to changes. It asked for ${asked}, and shows: ${shown.slice(0, 500)}`);
}

/** A page of its own on a mock of its own, with cookies and storage of its own; all are gone after the test. */
export async function openPage(test, path, mode = 'full', control = {}) {
  const mock = await startMock(0, mode);
  Object.assign(mock.control, control);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  test.after(async () => {
    await context.close();
    mock.close();
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(mock.url + path);
  if (LIVE.has(mode) && !control.noStream && !control.heldStreams) {
    const isHeard = () => mock.countStreams() > 0;
    await until('the page hears of changes', PATIENCE, isHeard).catch(() => explainSilence(page, mock));
  }
  return { page, mock };
}
