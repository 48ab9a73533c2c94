import assert from 'node:assert/strict';
import { takePicture, watchChanges } from './screen.mjs';
import { MINUTE, SECOND, until } from './until.mjs';

/** More than a blinking cursor, less than a line of text. */
const LINE_PIXELS = 200;

async function open(page, tab, label) {
  await page.getByRole('tab', { name: tab, exact: true }).click();
  const status = page.getByRole('status', { name: `${label} status` });
  await status.getByText('Connected', { exact: true }).waitFor({ timeout: MINUTE });
  return page.getByRole('region', { name: label, exact: true });
}

/** Looks each second; quiet is three looks in a row without more than a cursor's worth of change. */
async function waitForQuiet(canvas) {
  let quiet = 0;
  const look = async () => {
    const { changed } = await takePicture(canvas);
    quiet = changed < LINE_PIXELS ? quiet + 1 : 0;
    return quiet >= 3;
  };
  await until('the screen stands still', 3 * MINUTE, look, SECOND);
}

export async function useScreen({ page, settings, shoot }) {
  const region = await open(page, 'Console', `Console of ${settings.vmName}`);
  const canvas = region.locator('canvas');
  await until('the screen shows something', 2 * MINUTE, async () => (await takePicture(canvas)).drawn > LINE_PIXELS);
  await waitForQuiet(canvas);
  await canvas.click();
  const changed = await watchChanges(canvas);
  // Keys that come before the guest's shell is there are lost, so they are typed until they show.
  const type = async () => {
    await page.keyboard.type('echo typed in the browser', { delay: 40 });
    await page.keyboard.press('Enter');
    return (await changed()) > LINE_PIXELS;
  };
  await until('what is typed shows on the screen', 2 * MINUTE, type, 2 * SECOND);
  await shoot('screen');
}

/** As root of the tiny guest; a guest that shows its shell at once needs none. */
async function logInOnSerial(lastLine, enter) {
  const wake = async () => {
    if (/(login:|[#$])$/.test(await lastLine())) return true;
    await enter('');
    return false;
  };
  await until('the serial line shows a prompt', 2 * MINUTE, wake, 2 * SECOND);
  if (/[#$]$/.test(await lastLine())) return;
  await enter('root');
  await until('the guest asks for the password', MINUTE, async () => /assword:$/.test(await lastLine()));
  await enter('tiny');
  // What the system prints meanwhile may stand after the prompt: an empty command brings another.
  const askForPrompt = async () => {
    if (/[#$]$/.test(await lastLine())) return true;
    await enter('');
    return false;
  };
  await until('the guest shows its shell', MINUTE, askForPrompt, 2 * SECOND);
}

export async function useSerial({ page, settings, shoot }) {
  const region = await open(page, 'Serial', `Serial console of ${settings.vmName}`);
  const text = async () => (await region.getByRole('listitem').allTextContents()).join('\n');
  const input = region.getByRole('textbox');
  const lastLine = async () => (await text()).trimEnd().split('\n').at(-1).trimEnd();
  const enter = async (line) => {
    await input.focus();
    await page.keyboard.type(line, { delay: 20 });
    await page.keyboard.press('Enter');
  };
  await logInOnSerial(lastLine, enter);
  const type = async () => {
    await enter('echo serial$((40+2))');
    return until('the guest answers', 4 * SECOND, async () => (await text()).includes('serial42')).catch(() => false);
  };
  await until('the guest answers on its serial line', 2 * MINUTE, type);
  assert.match(await text(), /echo serial/, 'What was typed is not echoed.');
  await shoot('serial');
}
