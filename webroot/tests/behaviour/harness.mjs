import { launchBrowser } from '../browser/launch.mjs';
import { until } from '../e2e/until.mjs';
import { startMock } from '../mock/server.mjs';

export { button, heading, openFromMenu, textBox, vmRow } from '../e2e/pageParts.mjs';

/** The modes of the mock in which it has an event stream. */
const LIVE = new Set(['full', 'crowd', 'empty', 'long']);

/** A page of its own on a mock of its own; both are gone after the test. */
export async function openPage(test, path, mode = 'full', control = {}) {
  const mock = await startMock(0, mode);
  Object.assign(mock.control, control);
  const browser = await launchBrowser();
  test.after(async () => {
    await browser.close();
    mock.close();
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(mock.url + path);
  if (LIVE.has(mode) && !control.noStream) {
    await until('the page hears of changes', 10_000, () => mock.countStreams() > 0);
  }
  return { page, mock };
}
