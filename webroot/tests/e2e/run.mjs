// A user's whole way through a real installation, in a real browser.
// E2E_URL          where it is, as https://127.0.0.1:8443
// E2E_USER         who logs in, and
// E2E_PASSWORD     with what
// TINY_IMAGE_NAME  an image in its library whose guest runs a shell on ttyS0 and tty1
// E2E_SHOTS        where screenshots go; target/e2e without it
import { stripVTControlCharacters } from 'node:util';
import { launchBrowser } from '../browser/launch.mjs';
import { useScreen, useSerial } from './consoleSteps.mjs';
import * as image from './imageSteps.mjs';
import { readSettings } from './settings.mjs';
import * as vm from './vmSteps.mjs';
import { watch } from './witness.mjs';

const STEPS = [
  { name: 'logs in', step: vm.logIn },
  { name: 'creates a VM', step: vm.createVm },
  { name: 'sees it run in the list', step: vm.seeItRun },
  { name: 'opens its page', step: vm.openItsPage },
  { name: 'sees its screen and types', step: useScreen },
  { name: 'types on its serial line', step: useSerial },
  { name: 'stops it by force', step: vm.forceStop },
  { name: 'deletes it with its disks', step: vm.deleteWithDisks },
  { name: 'uploads an image while the network breaks', step: image.uploadOverABrokenNetwork },
  { name: 'uploads an image with another client of tus', step: image.uploadWithAnotherClient },
  { name: 'has an image downloaded from a web server', step: image.downloadFromTheWeb },
  { name: 'never had to reload', step: vm.wasNeverReloaded },
];

const settings = readSettings();
const browser = await launchBrowser();
const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
const witness = watch(page, settings.shots);
try {
  for (const { name, step } of STEPS) {
    const began = Date.now();
    try {
      await step({ page, browser, settings, shoot: witness.shoot });
    } catch (error) {
      const lines = await witness.testify();
      console.error(`FAILED: a user ${name}`);
      for (let why = error; why; why = why.cause) console.error(stripVTControlCharacters(why.message));
      console.error(`The page was ${page.url()}; ${settings.shots} has failed.png and browser.log, which ends so:`);
      for (const line of lines) console.error(`  ${line}`);
      process.exitCode = 1;
      break;
    }
    console.log(`ok: a user ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  }
} finally {
  await browser.close();
}
