import { describe, expect, it } from 'vitest';
import type { Image } from '../../core/api/types';
import { GIB } from '../../core/format/bytes';
import { put } from '../edit/BootOrderFields';
import { draftDevices, withoutDevice } from './devices';
import { EMPTY_DRAFT, withImage, withIso, type Draft } from './draft';
import { EMPTY_DRIVE, NEW_DISK, NO_DRIVE } from './hardware';
import { toRequest } from './request';
import { placeServerErrors, validate } from './validate';

const image = { id: 'i', name: 'debian', defaultUser: 'debian', virtualSizeBytes: 3 * GIB + 1 } as Image;

describe('hardware', () => {
  const picky = {
    ...image,
    operatingSystem: { firmware: 'uefi', virtio: false, learnedFrom: {} },
  } as unknown as Image;
  const draft: Draft = { ...withImage(EMPTY_DRAFT, picky, undefined), name: 'hello' };
  it('suits the image, and is plain again for another one', () => {
    const request = toRequest(draft);
    expect(request).toMatchObject({ firmware: 'uefi', disks: [{ bus: 'sata' }], nics: [{ model: 'e1000e' }] });
    const other = toRequest(withImage(draft, image, picky));
    expect(other.firmware).toBeUndefined();
    expect(Object.keys(other.disks[0] ?? {})).toEqual(['imageId', 'sizeBytes']);
  });
  it('leaves what was chosen where the image does not say', () => {
    const chosen: Draft = { ...EMPTY_DRAFT, hardware: { ...EMPTY_DRAFT.hardware, firmware: 'uefi' } };
    expect(withImage(chosen, image, undefined).hardware.firmware).toBe('uefi');
  });
  it('suits the ISO that an empty disk is installed from', () => {
    const empty: Draft = { ...EMPTY_DRAFT, firstDisk: 'empty' };
    const chosen = withIso(empty, 0, 'i', picky, undefined);
    expect(chosen.hardware).toMatchObject({ drives: ['i'], firmware: 'uefi' });
    expect(toRequest(chosen).cdroms).toEqual([{ imageId: 'i' }]);
    expect(toRequest(withIso(chosen, 0, NO_DRIVE, undefined, picky)).cdroms).toBeUndefined();
  });
  it('has the drives, the pools and the boot order that were chosen', () => {
    const several: Draft = {
      ...draft,
      poolId: 'p',
      furtherDisks: [{ ...NEW_DISK, poolId: 'q' }],
      hardware: { ...draft.hardware, drives: ['i', EMPTY_DRIVE], bootOrder: ['cdrom1', 'nic0', 'disk1'] },
    };
    const request = toRequest(several);
    expect(request.cdroms).toEqual([{ imageId: 'i' }, {}]);
    expect(request.disks.map(({ poolId }) => poolId)).toEqual(['p', 'q']);
    expect(request.bootOrder).toEqual(['cdrom1', 'nic0', 'disk1']);
    expect(draftDevices(several).map(({ value }) => value)).toEqual(['disk0', 'disk1', 'cdrom0', 'cdrom1', 'nic0']);
  });
  it('boots from what is left when a device is taken away', () =>
    expect(withoutDevice(['disk2', 'disk1', 'nic1', 'disk0'], 'disk', 1)).toEqual(['disk1', 'nic1', 'disk0']));
  it('boots in any order: devices change places', () => {
    expect(put(['disk0', 'nic0'], 0, 'nic0')).toEqual(['nic0', 'disk0']);
    expect(put(['disk0'], 1, 'nic0')).toEqual(['disk0', 'nic0']);
    expect(put(['disk0', 'nic0'], 1, 'cdrom0')).toEqual(['disk0', 'cdrom0']);
  });
  it('reads labels by line', () =>
    expect(toRequest({ ...draft, labels: 'a = b=c \n\n d' }).labels).toEqual({ a: 'b=c', d: '' }));
  it('is refused by its field', () => {
    const bad: Draft = {
      ...draft,
      folder: 'a//b',
      labels: 'not good=1',
      furtherDisks: [{ ...NEW_DISK, kind: 'volume', tuning: { ...NEW_DISK.tuning, readIops: 0 } }],
      hardware: { ...draft.hardware, cores: 3 },
    };
    const errors = validate(bad, picky);
    for (const field of ['folder', 'labels', 'disks[1].volumeId', 'disks[1].readIops', 'cpu']) {
      expect(errors[field], field).toBeTruthy();
    }
  });
  it('has the errors of disks that an appliance brings apart', () => {
    const brought: Draft = {
      ...draft,
      machine: { bootImageId: 'x', disks: [{ sizeBytes: GIB }], isSetUp: false },
      furtherDisks: [NEW_DISK],
    };
    const sent = [0, 1, 2].map((i) => ({ field: `disks[${i}].cache`, message: 'no' }));
    const { errors, rest } = placeServerErrors(brought, sent);
    expect(Object.keys(errors)).toEqual(['disks[0].cache', 'disks[1].cache']);
    expect(rest.map(({ field }) => field)).toEqual(['disks[1].cache']);
  });
});
