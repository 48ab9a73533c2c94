import { describe, expect, it } from 'vitest';
import type { Image } from '../../core/api/types';
import { GIB } from '../../core/format/bytes';
import { EMPTY_DRAFT, withImage, withIso, type Draft } from './draft';
import { NEW_DISK } from './hardware';
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
    expect(withIso(empty, picky, undefined).hardware).toMatchObject({ isoId: 'i', firmware: 'uefi' });
    expect(withIso(withIso(empty, picky, undefined), undefined, picky).hardware.isoId).toBe('');
  });
  it('reads labels by line', () =>
    expect(toRequest({ ...draft, labels: 'a = b=c \n\n d' }).labels).toEqual({ a: 'b=c', d: '' }));
  it('is refused by its field', () => {
    const bad: Draft = {
      ...draft,
      folder: 'a//b',
      labels: 'not good=1',
      furtherDisks: [{ ...NEW_DISK, kind: 'volume', tuning: { ...NEW_DISK.tuning, readIops: 0 } }],
      hardware: { ...draft.hardware, mac: '52:54', cores: 3, bootFirst: 'cdrom0' },
    };
    const errors = validate(bad, picky);
    for (const field of ['folder', 'labels', 'disks[1].volumeId', 'disks[1].readIops', 'mac', 'cpu', 'bootOrder']) {
      expect(errors[field], field).toBeTruthy();
    }
  });
  it('has the errors of disks that an appliance brings apart', () => {
    const brought: Draft = {
      ...draft,
      machine: { bootImageId: 'x', disks: [{ sizeBytes: GIB }], networks: [], isSetUp: false },
      furtherDisks: [NEW_DISK],
    };
    const sent = [0, 1, 2].map((i) => ({ field: `disks[${i}].cache`, message: 'no' }));
    const { errors, rest } = placeServerErrors(brought, sent);
    expect(Object.keys(errors)).toEqual(['disks[0].cache', 'disks[1].cache']);
    expect(rest.map(({ field }) => field)).toEqual(['disks[1].cache']);
  });
});
