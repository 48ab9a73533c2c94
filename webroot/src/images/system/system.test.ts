import { describe, expect, it } from 'vitest';
import type { Image } from '../../core/api/types';
import { GIB, MIB } from '../../core/format/bytes';
import {
  distributionError,
  memoryError,
  memoryFact,
  hardwareHint,
  startWarning,
  statedSystem,
  systemFact,
  systemOf,
  typedSystem,
} from './system';

const found: Pick<Image, 'operatingSystem'> = {
  operatingSystem: {
    family: 'linux',
    distribution: 'Debian',
    version: '12',
    leastMemoryBytes: 512 * MIB,
    virtio: true,
    learnedFrom: { system: 'NAME', leastMemoryBytes: 'TABLE', virtio: 'TABLE' },
  },
};
const corrected: Pick<Image, 'operatingSystem'> = {
  operatingSystem: {
    ...found.operatingSystem,
    leastMemoryBytes: GIB,
    learnedFrom: { system: 'NAME', leastMemoryBytes: 'USER', virtio: 'TABLE' },
  },
};

describe('a system', () => {
  it('is said with where it was learned from', () => {
    expect(systemOf(found)).toBe('Debian 12');
    expect(systemFact(found)).toBe('Debian 12 (by its name)');
    expect(memoryFact(corrected)).toBe('1 GiB (a user said so)');
    expect(systemFact({})).toBeUndefined();
  });
  it('warns of what may keep it from starting', () => {
    const image = (more: object) => ({ operatingSystem: { learnedFrom: {}, ...more } }) as Image;
    expect(hardwareHint(image({ firmware: 'uefi' }))).toMatch(/UEFI only/);
    expect(hardwareHint(image({ virtio: false }))).toMatch(/virtio/);
    expect(hardwareHint(image({ firmware: 'bios', virtio: true }))).toBeUndefined();
    expect(startWarning(undefined)).toBeUndefined();
  });
});

describe('what is typed of a system', () => {
  const typed = typedSystem(found);
  it('says nothing when nothing was typed otherwise', () => expect(statedSystem(found, typed)).toBeUndefined());
  it('leaves found out what was found out', () =>
    expect(statedSystem(found, { ...typed, memoryMib: ' 700 ' })).toEqual({ leastMemoryBytes: 700 * MIB }));
  it('keeps what users said before', () =>
    expect(statedSystem(corrected, { ...typedSystem(corrected), version: '13' })).toEqual({
      family: 'linux',
      distribution: 'Debian',
      version: '13',
      leastMemoryBytes: GIB,
    }));
  it('leaves what was emptied to be found out', () =>
    expect(statedSystem(corrected, { ...typedSystem(corrected), memoryMib: '' })).toEqual({}));
  it('says what is wrong', () => {
    expect(memoryError({ ...typed, memoryMib: '1.5 GiB' })).toMatch(/whole number/);
    expect(memoryError(typed)).toBeUndefined();
    expect(distributionError({ ...typed, distribution: ' ' })).toMatch(/which system/);
    expect(distributionError(typed)).toBeUndefined();
  });
});
