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

/** What a person types at this line, until the shell's prompt is there; an empty line brings a prompt again. */
function answerTo(line) {
  if (/login:$/.test(line)) return 'root';
  if (/assword:$/.test(line)) return 'tiny';
  return '';
}

/** As root of the tiny guest, which asks again after a minute and whose kernel may print between the prompts. */
async function logInOnSerial(lastLine, enter) {
  let answered;
  const goOn = async () => {
    const line = await lastLine();
    if (/[#$]$/.test(line)) return true;
    const answer = answerTo(line);
    answered = answer === answered ? '' : answer;
    await enter(answered);
    return false;
  };
  await until('the guest shows its shell', 3 * MINUTE, goOn, 2 * SECOND);
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
  try {
    await logInOnSerial(lastLine, enter);
  } catch (failure) {
    throw new Error(`The serial line shows:\n${await text()}`, { cause: failure });
  }
  const type = async () => {
    await enter('echo serial$((40+2))');
    return until('the guest answers', 4 * SECOND, async () => (await text()).includes('serial42')).catch(() => false);
  };
  await until('the guest answers on its serial line', 2 * MINUTE, type);
  assert.match(await text(), /echo serial/, 'What was typed is not echoed.');
  await shoot('serial');
}
