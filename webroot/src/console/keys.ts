/** A key of a keyboard: its X11 symbol and its place (UI Events code). */
export interface Key {
  keysym: number;
  code: string;
}

export const SHIFT: Key = { keysym: 0xffe1, code: 'ShiftLeft' };
export const CONTROL: Key = { keysym: 0xffe3, code: 'ControlLeft' };
export const ALT: Key = { keysym: 0xffe9, code: 'AltLeft' };
export const ALT_GR: Key = { keysym: 0xfe03, code: 'AltRight' };
export const RETURN: Key = { keysym: 0xff0d, code: 'Enter' };
export const TABULATOR: Key = { keysym: 0xff09, code: 'Tab' };
const WINDOWS: Key = { keysym: 0xffeb, code: 'MetaLeft' };
const DELETE: Key = { keysym: 0xffff, code: 'Delete' };
const BACKSPACE: Key = { keysym: 0xff08, code: 'Backspace' };
const PRINT: Key = { keysym: 0xff61, code: 'PrintScreen' };
const ESCAPE: Key = { keysym: 0xff1b, code: 'Escape' };

const functionKey = (number: number): Key => ({ keysym: 0xffbd + number, code: `F${number}` });

export interface Combination {
  label: string;
  /** In the order in which they are pressed. */
  keys: readonly Key[];
}

const consoleSwitch = (number: number): Combination => ({
  label: `Ctrl-Alt-F${number}`,
  keys: [CONTROL, ALT, functionKey(number)],
});

/** What browsers and desktops keep for themselves. */
export const COMBINATIONS: readonly Combination[] = [
  { label: 'Ctrl-Alt-Del', keys: [CONTROL, ALT, DELETE] },
  { label: 'Ctrl-Alt-Backspace', keys: [CONTROL, ALT, BACKSPACE] },
  ...[1, 2, 3, 7].map(consoleSwitch),
  { label: 'Alt-Tab', keys: [ALT, TABULATOR] },
  { label: 'Alt-F4', keys: [ALT, functionKey(4)] },
  { label: 'Ctrl-Esc', keys: [CONTROL, ESCAPE] },
  { label: 'Windows key', keys: [WINDOWS] },
  { label: 'Print', keys: [PRINT] },
];

/** Something that keys can be pressed on. */
export interface Keyboard {
  sendKey: (keysym: number, code: string, down: boolean) => void;
}

/** Presses the keys one after the other and lets them go in reverse. */
export function press(keyboard: Keyboard, keys: readonly Key[]): void {
  for (const { keysym, code } of keys) keyboard.sendKey(keysym, code, true);
  for (const { keysym, code } of keys.toReversed()) keyboard.sendKey(keysym, code, false);
}
