import { describe, expect, it } from 'vitest';
import type { Pool } from '../../../core/api/types';
import { beginsAsQcow2 } from '../../../core/upload/fileNames';
import { uploadVolume } from '../actions/uploadVolume';
import {
  emptyForm,
  formatOf,
  formatWarning,
  isReady,
  nameOf,
  needsHost,
  problemsOf,
  roomWarning,
  toAnnouncement,
  type UploadForm,
} from './uploadForm';

const file = (name: string, bytes = 'raw bytes'): File => new File([bytes], name);
const filled = (more: Partial<UploadForm>): UploadForm => ({ ...emptyForm('p'), file: file('a.img'), ...more });
const onHost = (hostId: string, usable: boolean, freeBytes: number) => ({ hostId, usable, freeBytes });
const pool = (shared: boolean, ...hosts: object[]): Pool =>
  ({ id: 'p', name: 'p', shared, state: 'READY', maintenance: false, hosts }) as unknown as Pool;

describe('the form of a volume that is uploaded', () => {
  it('suggests name and format of the file, and what its first bytes are counts more than its name', async () => {
    const disk = file('Debian 13 (my).raw', 'QFI\u00fb');
    expect(nameOf(filled({ file: disk }))).toBe('Debian-13-my');
    expect(formatOf(filled({ file: disk }))).toBe('raw');
    expect(formatOf(filled({ file: disk, qcow2: true }))).toBe('qcow2');
    expect(await beginsAsQcow2(new Blob([new Uint8Array([0x51, 0x46, 0x49, 0xfb, 0])]))).toBe(true);
    expect(await beginsAsQcow2(new Blob(['QFI']))).toBe(false);
  });

  it('warns of a format that the bytes are not', () => {
    expect(formatWarning(filled({ qcow2: true }))).toBeUndefined();
    expect(formatWarning(filled({ qcow2: true, format: 'raw' }))).toMatch(/As raw it is refused/);
    expect(formatWarning(filled({ qcow2: false, format: 'qcow2' }))).toMatch(/As qcow2 it is refused/);
  });

  it('asks for a host where the pool is a place of its own on several', () => {
    const several = pool(false, onHost('1', true, 5), onHost('2', true, 50));
    expect(needsHost(several)).toBe(true);
    expect(needsHost(pool(false, onHost('1', true, 5), onHost('2', false, 0)))).toBe(false);
    expect(needsHost(pool(true, onHost('1', true, 5), onHost('2', true, 5)))).toBe(false);
    expect(isReady(filled({}), several)).toBe(false);
    expect(isReady(filled({ hostId: '2' }), several)).toBe(true);
  });

  it('warns where there is no room', () => {
    const small = pool(false, onHost('1', true, 5), onHost('2', true, 50));
    expect(roomWarning(filled({ hostId: '1' }), small)).toBe('The file has 9 B, and 5 B are free there.');
    expect(roomWarning(filled({ hostId: '2' }), small)).toBeUndefined();
    expect(roomWarning(filled({}), pool(true))).toBeUndefined();
  });

  it('finds what is wrong before anything is sent', () => {
    expect(problemsOf(filled({}))).toEqual({});
    expect(problemsOf(filled({ file: file('a', ''), name: '-x', sha256: '12' }))).toEqual({
      file: 'The file is empty.',
      name: expect.stringContaining('Letters') as string,
      sha256: '64 hexadecimal digits.',
    });
    expect(isReady(filled({ name: '' }), pool(true))).toBe(false);
  });

  it('announces only what was given', () => {
    expect(toAnnouncement(filled({ qcow2: true }))).toEqual({ name: 'a', poolId: 'p', format: 'qcow2' });
    const sha256 = 'AB'.repeat(32);
    expect(toAnnouncement(filled({ hostId: 'h', sha256: ` ${sha256} ` }))).toMatchObject({ hostId: 'h', sha256 });
  });

  it('is there while a pool takes something', () => {
    const away = { ...pool(true), state: 'UNAVAILABLE' } as Pool;
    const kept = { ...pool(true), maintenance: true };
    expect(uploadVolume.availability([away, pool(true)])).toEqual({ available: true });
    expect(uploadVolume.availability([kept])).toEqual({ available: false, reason: 'The pool is in maintenance.' });
    expect(uploadVolume.availability([kept, away]).available).toBe(false);
  });
});
