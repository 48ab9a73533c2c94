import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNetwork } from './network.mjs';
import { button, openFromMenu, textBox } from './pageParts.mjs';
import { MINUTE, SECOND, until } from './until.mjs';
import { logIn } from './vmSteps.mjs';

const MIB = 2 ** 20;
const UPLOAD_BYTES = 48 * MIB;
/** So slow that the connection can be broken before the end. */
const BYTES_PER_SECOND = 8 * MIB;
const STOP_AFTER_BYTES = 8 * MIB;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

async function inFile(name, bytes, use) {
  const folder = await mkdtemp(join(tmpdir(), 'limiquantix-e2e-'));
  try {
    const file = join(folder, name);
    await writeFile(file, bytes);
    await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function addImage(page, name, file, sum) {
  await openFromMenu(page, 'Images');
  await button(page, 'Add image').first().click();
  const dialog = page.getByRole('dialog', { name: 'Add image' });
  await dialog.locator('input[type=file]').setInputFiles(file);
  await textBox(dialog, 'Name').fill(name);
  await dialog.getByLabel('Format').selectOption('raw');
  await textBox(dialog, 'Checksum').fill(sum);
  await button(dialog, 'Add image').click();
  await dialog.waitFor({ state: 'detached' });
}

/** In a window of its own, so that nothing else hears of the network's troubles. */
async function inWindowBehind(network, { browser, settings }, use) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await logIn({ page, settings: { ...settings, url: network.url } });
    await use(page);
  } finally {
    await context.close();
    network.close();
  }
}

async function uploadWhileItBreaks(page, network, settings) {
  const bytes = randomBytes(UPLOAD_BYTES);
  const area = page.getByRole('region', { name: 'Uploads' });
  network.slow(BYTES_PER_SECOND);
  await inFile('upload.raw', bytes, async (file) => {
    await addImage(page, `${settings.vmName}-upload`, file, sha256(bytes));
    await area.getByText(/MiB\/s/).waitFor({ timeout: 30 * SECOND });
    network.cut();
    await area.getByText(/It broke off and goes on in/).waitFor({ timeout: 30 * SECOND });
    await page.screenshot({ path: `${settings.shots}/upload-broken-off.png` });
    const again = page.waitForRequest(
      (request) => request.method() === 'PATCH' && request.headers()['upload-offset'] > 0,
    );
    network.mend();
    await again;
    await area.getByText('Sent and checked; it is there.').waitFor({ timeout: 2 * MINUTE });
  });
  await page.screenshot({ path: `${settings.shots}/uploaded.png` });
}

/** The check compares every byte with the sum. */
export async function uploadOverABrokenNetwork(run) {
  const network = await openNetwork(run.settings.url);
  await inWindowBehind(network, run, (page) => uploadWhileItBreaks(page, network, run.settings));
}

/** A web server of this machine, which cuts its first answer off in the middle. */
async function serve(bytes, use) {
  let cut = false;
  const server = createServer((request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? 'bytes=0-')[1]);
    const range = from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { etag: '"1"', 'content-length': bytes.length - from, ...range });
    if (cut) response.end(bytes.subarray(from));
    else response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
    cut = true;
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${server.address().port}/pub/disk.raw`);
  } finally {
    server.close();
  }
}

export async function downloadFromTheWeb({ page, settings, shoot }) {
  const bytes = randomBytes(STOP_AFTER_BYTES);
  const name = `${settings.vmName}-web`;
  await openFromMenu(page, 'Images');
  await serve(bytes, async (url) => {
    await button(page, 'Add image').first().click();
    const dialog = page.getByRole('dialog', { name: 'Add image' });
    await dialog.getByRole('radio', { name: 'Download from the web' }).check();
    await textBox(dialog, 'Address').fill(url);
    await textBox(dialog, 'Name').fill(name);
    await textBox(dialog, 'Checksum').fill(createHash('sha512').update(bytes).digest('hex'));
    await button(dialog, 'Add image').click();
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByText('Ready', { exact: true }).waitFor({ timeout: MINUTE });
  });
  await shoot('downloaded');
}

/** As any client of tus does it: it is stopped on the way, and another one goes on where that was. */
async function sendByTus({ text, name, stopAfter, sum }) {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const session = await (await fetch('/api/v1/session')).json();
  const headers = { 'X-CSRF-Token': session.csrfToken };
  const drafted = await fetch('/api/v1/images', {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify({ name, format: 'raw', sha256: sum }),
  });
  const { id } = await drafted.json();
  const options = {
    endpoint: `/api/v1/images/${id}/content`,
    headers,
    chunkSize: 2 ** 20,
    retryDelays: [0, 1000, 3000],
  };
  const place = await new Promise((resolve, reject) => {
    const upload = new window.tus.Upload(new Blob([bytes]), {
      ...options,
      onError: reject,
      onChunkComplete: (_chunk, sent) => {
        if (sent >= stopAfter) void upload.abort().then(() => resolve(upload.url));
      },
    });
    upload.start();
  });
  const begun = await new Promise((resolve, reject) => {
    const sent = [];
    const upload = new window.tus.Upload(new Blob([bytes]), {
      ...options,
      uploadUrl: place,
      onError: reject,
      onChunkComplete: (size, soFar) => sent.push(soFar - size),
      onSuccess: () => resolve(sent[0]),
    });
    upload.start();
  });
  return { id, begun };
}

export async function uploadWithAnotherClient({ page, settings }) {
  const client = createRequire(import.meta.url).resolve('tus-js-client/dist/tus.min.js');
  await page.evaluate(await readFile(client, 'utf8'));
  const bytes = randomBytes(2 * STOP_AFTER_BYTES);
  const { id, begun } = await page.evaluate(sendByTus, {
    text: bytes.toString('base64'),
    name: `${settings.vmName}-tus`,
    stopAfter: STOP_AFTER_BYTES,
    sum: sha256(bytes),
  });
  if (begun < STOP_AFTER_BYTES) throw new Error(`The second client began at ${begun}, not where the first one was.`);
  const state = () => page.evaluate(async (image) => (await (await fetch(`/api/v1/images/${image}`)).json()).state, id);
  await until('the image is checked', MINUTE, async () => (await state()) === 'READY');
}
