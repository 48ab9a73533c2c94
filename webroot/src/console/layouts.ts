import { ALT_GR, RETURN, SHIFT, TABULATOR, type Key } from './keys';

/** The keys that give characters, by their place on the keyboard. */
const PLACES = [
  'Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal',
  'KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight Backslash',
  'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote',
  'IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash',
].flatMap((row) => row.split(' '));

interface Layout {
  label: string;
  /** What the keys give alone, in the order of PLACES; a space where there is nothing, or a key that only changes the next. */
  plain: string;
  shift: string;
  altGr: string;
  /** Characters of keys that only change the next one: the key and, after it, the space bar give them. */
  dead?: Readonly<Record<string, Stroke>>;
}

/** The keys that are held together. */
export type Stroke = readonly Key[];

const SPACE: Stroke = [{ keysym: 0x20, code: 'Space' }];
const deadKey = (keysym: number, code: string, ...held: Key[]): Stroke => [...held, { keysym, code }];

const NO_ALT_GR = ' '.repeat(PLACES.length);

/** Sources: the tables of XKB (xkeyboard-config, symbols/us, gb, de and fr). */
export const LAYOUTS = {
  us: {
    label: 'English (US)',
    plain: '`1234567890-=' + 'qwertyuiop[]\\' + "asdfghjkl;'" + ' zxcvbnm,./',
    shift: '~!@#$%^&*()_+' + 'QWERTYUIOP{}|' + 'ASDFGHJKL:"' + ' ZXCVBNM<>?',
    altGr: NO_ALT_GR,
  },
  gb: {
    label: 'English (UK)',
    plain: '`1234567890-=' + 'qwertyuiop[]#' + "asdfghjkl;'" + '\\zxcvbnm,./',
    shift: '¬!"£$%^&*()_+' + 'QWERTYUIOP{}~' + 'ASDFGHJKL:@' + '|ZXCVBNM<>?',
    altGr: '    €        ' + '             ' + '           ' + '           ',
  },
  de: {
    label: 'German',
    plain: ' 1234567890ß ' + 'qwertzuiopü+#' + 'asdfghjklöä' + '<yxcvbnm,.-',
    shift: '°!"§$%&/()=? ' + "QWERTZUIOPÜ*'" + 'ASDFGHJKLÖÄ' + '>YXCVBNM;:_',
    altGr: '  ²³   {[]}\\ ' + '@ €        ~ ' + '           ' + '|      µ   ',
    dead: {
      '^': deadKey(0xfe52, 'Backquote'),
      '´': deadKey(0xfe51, 'Equal'),
      '`': deadKey(0xfe50, 'Equal', SHIFT),
    },
  },
  fr: {
    label: 'French',
    plain: '²&é"\'(-è_çà)=' + 'azertyuiop $*' + 'qsdfghjklmù' + '<wxcvbn,;:!',
    shift: ' 1234567890°+' + 'AZERTYUIOP £µ' + 'QSDFGHJKLM%' + '>WXCVBN?./§',
    altGr: '  ~#{[|`\\^@]}' + '  €        ¤ ' + '           ' + '           ',
    dead: { '¨': deadKey(0xfe57, 'BracketLeft', SHIFT) },
  },
} as const satisfies Record<string, Layout>;

export type LayoutId = keyof typeof LAYOUTS;

export const LAYOUT_IDS = Object.keys(LAYOUTS) as readonly LayoutId[];

const WHITE: Readonly<Record<string, Stroke>> = { '\n': [RETURN], '\t': [TABULATOR], ' ': SPACE };

/** X11: Latin-1 as it is, everything else as Unicode with a mark. */
function keysymOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x100 ? point : 0x01000000 + point;
}

/** The strokes for each character. */
function tableOf({ plain, shift, altGr, dead = {} }: Layout): Map<string, readonly Stroke[]> {
  const table = new Map<string, readonly Stroke[]>(Object.entries(WHITE).map(([white, stroke]) => [white, [stroke]]));
  const add = (characters: string, held: readonly Key[]): void => {
    Array.from(characters).forEach((character, index) => {
      const code = PLACES[index];
      if (code && character !== ' ' && !table.has(character)) {
        table.set(character, [[...held, { keysym: keysymOf(character), code }]]);
      }
    });
  };
  add(plain, []);
  add(shift, [SHIFT]);
  add(altGr, [ALT_GR]);
  for (const [character, stroke] of Object.entries(dead)) table.set(character, [stroke, SPACE]);
  return table;
}

export interface Typing {
  strokes: readonly Stroke[];
  /** The characters for which the layout has no keys, each once. */
  missing: readonly string[];
}

/** The strokes that give this text in a guest with this layout. */
export function strokesOf(text: string, layout: LayoutId): Typing {
  const table = tableOf(LAYOUTS[layout]);
  const strokes: Stroke[] = [];
  const missing = new Set<string>();
  for (const character of text.replace(/\r\n?/g, '\n')) {
    const needed = table.get(character);
    if (needed) strokes.push(...needed);
    else missing.add(character);
  }
  return { strokes, missing: [...missing] };
}
