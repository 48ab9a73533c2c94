import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../e2e/until.mjs';
import { id } from '../mock/data.mjs';
import { button, openPage, PATIENCE } from './harness.mjs';

const HELLO = id('vm hello');
const consoleOf = (page, name) => page.getByRole('status', { name: `Console of ${name} status` });
const tab = (page, name) => page.getByRole('tab', { name });

async function openScreen(t) {
  const { page, mock } = await openPage(t, `/consoles?open=${HELLO}.screen&front=${HELLO}.screen`);
  await consoleOf(page, 'hello').getByText('Connected', { exact: true }).waitFor();
  return { page, mock };
}

test('a VM’s console has a window of its own, where others are added, opened and closed', async (t) => {
  const { page } = await openPage(t, `/vms/${HELLO}/console`);
  const [window] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Own window' }).click(),
  ]);
  await consoleOf(window, 'hello').getByText('Connected', { exact: true }).waitFor();
  await tab(window, 'Overview').click();
  await window.getByRole('img', { name: 'Screen of hello' }).waitFor();
  await window.getByRole('textbox', { name: 'Add a VM by its name' }).fill('web-2');
  await window.getByRole('menuitem', { name: /^web-2/ }).click();
  await window.getByRole('heading', { name: /^web-2/ }).waitFor();
  await button(window, 'Serial line').first().click();
  await tab(window, 'hello serial').waitFor();
  await window.getByRole('region', { name: 'Serial console of hello' }).waitFor();
  await window.reload();
  assert.deepEqual(
    await Promise.all([tab(window, 'hello serial'), tab(window, 'web-2')].map((one) => one.waitFor().then(() => true))),
    [true, true],
    'the same consoles are open after the page was read anew',
  );
  await button(window, 'Close hello serial').click();
  await tab(window, 'hello serial').waitFor({ state: 'detached' });
  await window.getByRole('heading', { name: /^web-2/ }).waitFor();
});

test('a text is typed key by key in the layout of the guest', async (t) => {
  const { page, mock } = await openScreen(t);
  await button(page, 'Type a text').click();
  const dialog = page.getByRole('dialog', { name: 'Type a text into hello' });
  await dialog.getByRole('textbox', { name: 'Text' }).fill('a→b');
  await dialog.getByText('This layout has no key for →').waitFor();
  assert.equal(await button(dialog, 'Type it').isDisabled(), true);
  await dialog.getByRole('textbox', { name: 'Text' }).fill('@y\n');
  await dialog.getByRole('combobox', { name: 'Keyboard layout of the guest' }).selectOption('German');
  await button(dialog, 'Type it').click();
  await dialog.waitFor({ state: 'detached' });
  await until('all keys are pressed', PATIENCE, () => mock.pressed.length >= 4);
  assert.deepEqual(mock.pressed, [0xfe03, 0x40, 0x79, 0xff0d]);
});

test('what a console cut off says how far it came, and keeps the text', async (t) => {
  const { page, mock } = await openScreen(t);
  await button(page, 'Type a text').click();
  const dialog = page.getByRole('dialog', { name: 'Type a text into hello' });
  await dialog.getByRole('textbox', { name: 'Text' }).fill('x'.repeat(4000));
  await button(dialog, 'Type it').click();
  await until('some keys are pressed', PATIENCE, () => mock.pressed.length > 2);
  mock.control.refuse = ({ path }) =>
    path.endsWith('/consoles') && { status: 503, body: { status: 503, code: 'UNAVAILABLE' } };
  mock.cutConsoles();
  await dialog.getByText(/The console was cut off after \d+ of 4000 keys\./).waitFor();
  assert.equal((await dialog.getByRole('textbox', { name: 'Text' }).inputValue()).length, 4000);
});

test('a console goes on at the host to which its VM moved, though it had given up', async (t) => {
  const { page, mock } = await openScreen(t);
  let refused = 0;
  mock.control.refuse = ({ path }) => {
    if (!path.endsWith('/consoles')) return undefined;
    refused++;
    return { status: 503, body: { status: 503, code: 'UNAVAILABLE' } };
  };
  mock.cutConsoles();
  await until('it has given up', PATIENCE, () => refused >= 4);
  await consoleOf(page, 'hello').getByText('Not connected').waitFor();
  mock.control.refuse = undefined;
  const vm = mock.state.vm.find((one) => one.id === HELLO);
  mock.emit('vm', { ...vm, hostId: id('host kvm-2'), version: vm.version + 1 });
  await consoleOf(page, 'hello').getByText('Connected', { exact: true }).waitFor();
});

test('keys that the browser would keep reach the guest', async (t) => {
  const { page, mock } = await openScreen(t);
  await button(page, 'Send keys').click();
  await page.getByRole('menuitem', { name: 'Ctrl-Alt-F2' }).click();
  await until('they are pressed', PATIENCE, () => mock.pressed.length >= 3);
  assert.deepEqual(mock.pressed, [0xffe3, 0xffe9, 0xffbf]);
});

test('texts go to the guest’s clipboard and come from it', async (t) => {
  const { page, mock } = await openScreen(t);
  await button(page, 'Clipboard').click();
  const dialog = page.getByRole('dialog', { name: 'Clipboard of hello' });
  const copied = dialog.getByRole('textbox', { name: 'Copied in the guest' });
  assert.equal(await copied.inputValue(), '');
  assert.equal(await button(dialog, 'Send to guest').isDisabled(), true);
  await dialog.getByRole('textbox', { name: 'To the guest' }).fill('for the güest');
  mock.copyInGuests('from the guest');
  await until('it is there', PATIENCE, async () => (await copied.inputValue()) === 'from the guest');
  await button(dialog, 'Send to guest').click();
  await dialog.getByText('It is offered to the guest.').waitFor();
  await until('the guest has it', PATIENCE, () => mock.pasted.length === 1);
  assert.deepEqual(mock.pasted, ['for the güest']);
  await button(dialog, 'Close').last().click();
  await dialog.waitFor({ state: 'detached' });
  mock.copyInGuests('while nobody looks');
  await button(page, 'Clipboard').click();
  await until('it was kept', PATIENCE, async () => (await copied.inputValue()) === 'while nobody looks');
});

test('a guest without a shared clipboard says how it gets one', async (t) => {
  const { page, mock } = await openScreen(t);
  const vm = mock.state.vm.find((one) => one.id === HELLO);
  mock.emit('vm', { ...vm, clipboard: false, version: vm.version + 1 });
  await button(page, 'Clipboard').click();
  const dialog = page.getByRole('dialog', { name: 'Clipboard of hello' });
  await dialog.getByText('This VM shares no clipboard.').waitFor();
  await dialog.getByRole('textbox', { name: 'To the guest' }).fill('x');
  assert.equal(await button(dialog, 'Send to guest').isDisabled(), true);
});

test('the picture of a screen is saved under the name of its VM', async (t) => {
  const { page } = await openScreen(t);
  const [saved] = await Promise.all([page.waitForEvent('download'), button(page, 'Save picture').click()]);
  assert.match(saved.suggestedFilename(), /^hello \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.png$/);
});

test('the overview says why there is no picture, and what is off', async (t) => {
  const path = `/consoles?open=${HELLO}.screen,${id('vm web-2')}.screen`;
  const { page } = await openPage(t, path, 'full', { noPicture: true });
  await page.getByText('The host of this VM does not answer.').waitFor();
  await button(page, 'Open the screen of web-2').getByText('Off').waitFor();
});

test('the screen is handed over to a viewer outside of the browser', async (t) => {
  const { page } = await openScreen(t);
  await button(page, 'Viewer').click();
  const dialog = page.getByRole('dialog', { name: 'Open hello in a viewer' });
  await dialog.getByRole('link', { name: 'cacert.pem', exact: true }).waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    button(dialog, 'Open with a viewer (.vv)').click(),
  ]);
  assert.equal(saved.suggestedFilename(), 'hello.vv');
});

test('a server without a port for viewers says so', async (t) => {
  const { page, mock } = await openScreen(t);
  mock.control.noViewers = true;
  await button(page, 'Viewer').click();
  const dialog = page.getByRole('dialog', { name: 'Open hello in a viewer' });
  await dialog.getByText('This server does not listen for viewers').waitFor();
  assert.equal(await button(dialog, 'Open with a viewer (.vv)').isDisabled(), true);
  assert.equal(await button(dialog, 'Open with QVMRC').isDisabled(), true);
});
