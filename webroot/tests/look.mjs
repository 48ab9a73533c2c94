// Screenshots of every page against the mock: npm run build && npm run look -- [part of a page's name]
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { startMock } from './mock/server.mjs';
import { id } from './mock/data.mjs';

const OUT = new URL('./shots/', import.meta.url).pathname;
const wanted = process.argv[2] ?? '';
const PAGES = {
  dashboard: '/',
  vms: '/vms',
  create: '/vms/new',
  vm: `/vms/${id('vm hello')}`,
  'vm-console': `/vms/${id('vm hello')}/console`,
  'vm-serial': `/vms/${id('vm hello')}/serial`,
  'vm-tasks': `/vms/${id('vm build')}/tasks`,
  images: '/images',
  storage: '/storage',
  hosts: '/hosts',
  host: `/hosts/${id('host kvm1')}`,
  tasks: '/tasks',
  audit: '/audit',
};
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--ignore-certificate-errors',
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
await mkdir(OUT, { recursive: true });
const complain = (page, name) => {
  page.on(
    'console',
    (message) =>
      message.type() === 'error' &&
      !/status of (401|429|503|422)/.test(message.text()) &&
      console.log(name, message.text()),
  );
  page.on('pageerror', (error) => console.log(name, String(error)));
};

async function shoot(mode, width, scheme) {
  const mock = await startMock(0, mode);
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  for (const [name, path] of Object.entries(PAGES)) {
    if (!name.includes(wanted)) continue;
    const page = await context.newPage();
    const shot = `${name}-${mode}-${width}-${scheme}`;
    complain(page, shot);
    await page.goto(mock.url + path, { waitUntil: 'load' });
    await page
      .locator('h1')
      .first()
      .waitFor({ timeout: 10000 })
      .catch(() => console.log(shot, 'has no heading'));
    await page.waitForTimeout(mode === 'failing' ? 3500 : 500);
    await page.screenshot({ path: `${OUT}${shot}.png` });
    await page.close();
  }
  await context.close();
  mock.close();
}

for (const [mode, width, scheme] of [
  ['full', 1440, 'light'],
  ['full', 1440, 'dark'],
  ['full', 1024, 'light'],
  ['full', 1024, 'dark'],
  ['empty', 1440, 'light'],
  ['failing', 1440, 'light'],
  ['loading', 1440, 'light'],
]) {
  if (process.argv[3] && ![mode, width, scheme].includes(process.argv[3])) continue;
  await shoot(mode, width, scheme);
}
await browser.close();
