import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps what the browser says, and writes it down with a screenshot when something fails. */
export function watch(page, folder) {
  const said = [];
  const note = (line) => said.push(`${new Date().toISOString()} ${line}`);
  page.on('console', (message) => note(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => note(`exception: ${error.stack ?? error}`));
  page.on('requestfailed', (request) => note(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) note(`${response.request().method()} ${response.url()}: ${response.status()}`);
  });
  return {
    shoot: (name) => page.screenshot({ path: join(folder, `${name}.png`) }),
    testify: async () => {
      writeFileSync(join(folder, 'browser.log'), `${said.join('\n')}\n`);
      await page.screenshot({ path: join(folder, 'failed.png') }).catch(() => undefined);
      return said.slice(-15);
    },
  };
}
