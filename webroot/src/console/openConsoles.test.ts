import { describe, expect, test } from 'vitest';
import { closed, consoleKey, consolePath, deskOf, opened, queryOf, type OpenConsole } from './openConsoles';

const screen: OpenConsole = { vmId: 'a', kind: 'VNC' };
const serial: OpenConsole = { vmId: 'a', kind: 'SERIAL' };
const other: OpenConsole = { vmId: 'b', kind: 'VNC' };
const again = (query: string) => deskOf(new URLSearchParams(query));

describe('which consoles are open', () => {
  test('the address says it', () => {
    const desk = { open: [screen, serial, other], front: serial };
    expect(again(queryOf(desk))).toEqual(desk);
    expect(again(queryOf({ ...desk, front: undefined }))).toEqual({ ...desk, front: undefined });
  });

  test('an address that is not of ours opens nothing', () => {
    expect(again('')).toEqual({ open: [], front: undefined });
    expect(again('open=,a,.screen,a.what,a.screen,a.screen&front=b.screen')).toEqual({
      open: [screen],
      front: undefined,
    });
  });

  test('a console is opened once, and is in front then', () => {
    const desk = opened(opened({ open: [], front: undefined }, screen), other);
    expect(desk).toEqual({ open: [screen, other], front: other });
    expect(opened(desk, screen)).toEqual({ open: [screen, other], front: screen });
  });

  test('closing what is in front shows the overview, closing another one does not', () => {
    const desk = { open: [screen, other], front: other };
    expect(closed(desk, consoleKey(other))).toEqual({ open: [screen], front: undefined });
    expect(closed(desk, consoleKey(screen))).toEqual({ open: [other], front: other });
  });

  test('the way to it from elsewhere', () => {
    expect(consolePath(serial)).toBe('/consoles?open=a.serial&front=a.serial');
  });
});
