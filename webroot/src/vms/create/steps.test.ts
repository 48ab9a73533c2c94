import { describe, expect, it } from 'vitest';
import type { Image } from '../../core/api/types';
import { PLAIN_ADDRESSES } from './addresses';
import { PLAIN_CARD } from './cards';
import { EMPTY_DRAFT, type Draft } from './draft';
import { NEW_DISK, PLAIN_HARDWARE } from './hardware';
import { reviewFacts } from './reviewFacts';
import { firstWrong, neighbour, stateOf, stepOf, type StepId } from './steps';
import { placeServerErrors, shownErrors, validate } from './validate';

const image = { id: 'i', name: 'debian', virtualSizeBytes: 1 } as Image;
const fixed = { ...PLAIN_ADDRESSES, v4: 'static' as const, v6: 'static' as const };
const full: Draft = {
  ...EMPTY_DRAFT,
  imageId: 'i',
  furtherDisks: [NEW_DISK],
  cards: [{ ...PLAIN_CARD, addresses: fixed }],
};
const NOWHERE: ReadonlySet<StepId> = new Set();

describe('the steps', () => {
  it.each(['cloudInit', 'ignition', 'cloudbase'] as const)('have every field that can be wrong (%s)', (by) => {
    const fields = Object.keys(validate({ ...full, setUp: { ...full.setUp, by } }, image));
    expect(fields.filter((field) => stepOf(field) === undefined)).toEqual([]);
  });
  it('have every field that the server can name', () => {
    const said = [
      'name description folder labels.env hostId vcpus memoryBytes firmware secureBoot tpm watchdog.action cpu.model',
      'cpu.cores bootOrder[1] disks disks[0].sizeBytes disks[0].imageId disks[0].bus disks[1].poolId cdroms cdroms[2].imageId',
      'nics nics[0].mac cloudInit.networks[0].addresses[0] cloudInit.networks[0].mtu cloudInit.user cloudInit.password',
      'cloudInit.sshKeys[0] cloudInit.nobodyLogsIn cloudInit.packages[0] cloudInit.runCommands[0] cloudInit.userData',
      'cloudInit.locale cloudInit.timeZone ignition.config cloudbase.hostName',
    ].flatMap((line) => line.split(' '));
    for (const field of said) {
      const typed = {
        ...full,
        cards: [{ ...PLAIN_CARD, addresses: { ...fixed, addresses4: ['192.0.2.1/24'] } }],
        sshKeys: ['k'],
      };
      const { errors } = placeServerErrors(typed, [{ field, message: 'no' }]);
      expect(Object.keys(errors).map(stepOf), field).toEqual([expect.any(String)]);
    }
  });
  it('show what is wrong in those that were left, and what the server said anywhere', () => {
    const own = { name: 'needed', user: 'needed', vcpus: undefined };
    expect(shownErrors(own, {}, NOWHERE)).toEqual({});
    expect(shownErrors(own, { vcpus: 'too many' }, new Set<StepId>(['access']))).toEqual({
      user: 'needed',
      vcpus: 'too many',
    });
  });
  it('say how they are', () => {
    const own = { name: 'needed' };
    expect(stateOf('place', {}, own, NOWHERE)).toBe('needed');
    expect(stateOf('place', own, own, NOWHERE)).toBe('wrong');
    expect(stateOf('access', {}, own, new Set<StepId>(['access']))).toBe('done');
    expect(stateOf('access', {}, own, NOWHERE)).toBe('open');
    expect(firstWrong({ user: 'x', 'disks[0].bus': 'y' })).toBe('disks');
    expect([neighbour('place', -1), neighbour('place', 1), neighbour('review', 1)]).toEqual([
      'place',
      'disks',
      'review',
    ]);
  });
});

describe('the review', () => {
  const known = { images: [image], volumes: [], pools: [], hosts: [] };
  const linesOf = (draft: Draft, step: keyof ReturnType<typeof reviewFacts>) =>
    Object.fromEntries(reviewFacts(draft, known)[step].map(({ term, lines }) => [term, lines]));
  it('names things by what they are called, and what is not chosen yet', () => {
    expect(linesOf(full, 'disks')).toEqual({
      'Disk 1': ['10 GiB, from debian, in a pool that the platform chooses'],
      'Disk 2': ['10 GiB, empty, in a pool that the platform chooses'],
    });
    expect(linesOf({ ...full, imageId: '' }, 'disks')['Disk 1']?.[0]).toMatch(/from not chosen yet/);
    expect(linesOf({ ...full, firstDisk: 'volume', volumeId: 'gone' }, 'disks')['Disk 1']).toEqual(['The volume gone']);
  });
  it('says the topology only where one was given', () => {
    expect(linesOf(full, 'hardware')['vCPUs']).toEqual(['2']);
    const hardware = { ...PLAIN_HARDWARE, cores: 2, firmware: 'uefi' as const, secureBoot: true };
    expect(linesOf({ ...full, hardware }, 'hardware')).toMatchObject({
      vCPUs: ['2 (1 × 2 × 1)'],
      Firmware: ['UEFI, secure boot'],
    });
  });
  it('does not show what is not sent', () => {
    const off = { ...full, firstDisk: 'empty' as const, packages: 'vim', user: 'me', start: false };
    expect(linesOf(off, 'access')).toEqual({ Account: ['None is made'] });
    expect(linesOf(off, 'start')).toEqual({ 'Once it is made': ['Left off'], 'Boots from': ['Automatic'] });
    expect(linesOf(off, 'networks')).toEqual({ 'Card 1': ['default'] });
  });
});
