import { describe, expect, test } from 'vitest';
import { ALT_GR, SHIFT } from './keys';
import { LAYOUT_IDS, LAYOUTS, strokesOf } from './layouts';

const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
const places = (text: string, layout: (typeof LAYOUT_IDS)[number]): string[] =>
  strokesOf(text, layout).strokes.map((stroke) => stroke.map(({ code }) => code).join('+'));

describe('typing a text on a keyboard', () => {
  test.each(LAYOUT_IDS)('%s has keys for all of ASCII, tabs and lines', (layout) => {
    expect(strokesOf(`${ASCII}\t\n`, layout).missing).toEqual([]);
  });

  test.each(LAYOUT_IDS)('%s says as much of each key', (layout) => {
    const { plain, shift, altGr } = LAYOUTS[layout];
    expect([plain, shift, altGr].map((row) => Array.from(row).length)).toEqual([48, 48, 48]);
  });

  test('a letter is where the layout has it', () => {
    expect(places('z', 'us')).toEqual(['KeyZ']);
    expect(places('z', 'de')).toEqual(['KeyY']);
    expect(places('z', 'fr')).toEqual(['KeyW']);
  });

  test('keys are held for what needs them', () => {
    expect(places('A|', 'us')).toEqual(['ShiftLeft+KeyA', 'ShiftLeft+Backslash']);
    expect(strokesOf('@', 'de').strokes).toEqual([[ALT_GR, { keysym: 0x40, code: 'KeyQ' }]]);
    expect(strokesOf('1', 'fr').strokes).toEqual([[SHIFT, { keysym: 0x31, code: 'Digit1' }]]);
  });

  test('after a key that only changes the next comes the space bar', () => {
    expect(places('^`', 'de')).toEqual(['Backquote', 'Space', 'ShiftLeft+Equal', 'Space']);
  });

  test('lines of Windows end once', () => {
    expect(places('a\r\nb\r', 'us')).toEqual(['KeyA', 'Enter', 'KeyB', 'Enter']);
  });

  test('what no key gives is named once', () => {
    expect(strokesOf('a→b→ü', 'us')).toMatchObject({ missing: ['→', 'ü'], strokes: { length: 2 } });
  });
});
