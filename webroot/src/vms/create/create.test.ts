import { describe, expect, it } from 'vitest';
import type { Image } from '../../core/api/types';
import { GIB } from '../../core/format/bytes';
import { EMPTY_DRAFT, memoryWarning, withImage, type Draft } from './draft';
import { somebodyCanLogIn } from './logIn';
import { passwordStrength } from './password';
import { toRequest } from './request';
import { splitKeys, sshKeyError } from './sshKeys';
import { hasErrors, placeServerErrors, validate } from './validate';

const blob = (type: string): string =>
  btoa(String.fromCharCode(0, 0, 0, type.length) + type + String.fromCharCode(0, 0, 0, 32) + 'k'.repeat(32));
const KEY = `ssh-ed25519 ${blob('ssh-ed25519')} me@here`;
const image = { id: 'i', name: 'debian', defaultUser: 'debian', virtualSizeBytes: 3 * GIB + 1 } as Image;
const good: Draft = { ...EMPTY_DRAFT, name: 'hello', imageId: 'i', user: 'debian', password: 'a', passwordAgain: 'a' };

describe('SSH keys', () => {
  it('takes a good one', () => expect(sshKeyError(` ${KEY} `)).toBeUndefined());
  it.each([
    ['hello', /begin with a key type/],
    ['ssh-ed25519', /missing/],
    ['ssh-ed25519 not*base64', /damaged/],
    [`ssh-rsa ${blob('ssh-ed25519')}`, /says that it is/],
    ['-----BEGIN OPENSSH PRIVATE KEY-----', /private key/],
    [`${KEY}\n${KEY}`, /One key per field/],
  ])('refuses %s', (key, why) => expect(sshKeyError(key)).toMatch(why));
  it('splits a pasted file', () => expect(splitKeys(`a\n\n b \n`)).toEqual(['a', 'b']));
});

describe('the request', () => {
  it('is what the contract wants', () => {
    const request = toRequest({ ...good, sshKeys: [KEY, ' '], packages: 'vim, curl', memoryGib: 0.5, diskGib: 4 });
    expect(request).toEqual({
      name: 'hello',
      vcpus: 2,
      memoryBytes: GIB / 2,
      disks: [{ imageId: 'i', sizeBytes: 4 * GIB }],
      nics: [{ network: 'default' }],
      cloudInit: {
        user: 'debian',
        password: 'a',
        sshKeys: [KEY],
        sshPasswordLogin: false,
        packages: ['vim', 'curl'],
        agent: true,
      },
      start: true,
      waitForAgent: true,
    });
  });
  it('waits for no agent of a VM that is not started', () =>
    expect(toRequest({ ...good, start: false }).waitForAgent).toBe(false));
});

describe('the draft', () => {
  it('gives the memory that the system needs, and warns of less', () => {
    const hungry = {
      ...image,
      operatingSystem: { distribution: 'Big', leastMemoryBytes: 4 * GIB, learnedFrom: {} },
    } as Image;
    const draft = withImage(EMPTY_DRAFT, hungry, undefined);
    expect(draft.memoryGib).toBe(4);
    expect(withImage({ ...EMPTY_DRAFT, memoryGib: 8 }, hungry, undefined).memoryGib).toBe(8);
    expect(memoryWarning(draft, hungry)).toBeUndefined();
    expect(memoryWarning({ ...draft, memoryGib: 2 }, hungry)).toBe('Big needs 4 GiB at least.');
    expect(memoryWarning({ ...draft, memoryGib: 0.1 }, image)).toBeUndefined();
  });
  it('follows the image, but keeps a user that was typed', () => {
    expect(withImage({ ...EMPTY_DRAFT, diskGib: 2 }, image, undefined)).toMatchObject({ user: 'debian', diskGib: 4 });
    expect(withImage({ ...EMPTY_DRAFT, user: 'me' }, image, undefined)).toMatchObject({ user: 'me', diskGib: 10 });
  });
  it('knows when nobody could log in', () => {
    expect(somebodyCanLogIn(EMPTY_DRAFT)).toBe(false);
    expect(somebodyCanLogIn({ ...EMPTY_DRAFT, sshKeys: [KEY] })).toBe(true);
    expect(somebodyCanLogIn({ ...EMPTY_DRAFT, profileKeys: [KEY] })).toBe(true);
  });
});

describe('an appliance', () => {
  const box = {
    ...image,
    appliance: {
      name: 'box',
      vcpus: 4,
      memoryBytes: GIB / 2,
      firmware: 'bios',
      nics: [{ network: 'front' }, {}],
      disks: [
        { capacityBytes: 3 * GIB, imageId: 'one' },
        { capacityBytes: 5 * GIB },
        { capacityBytes: GIB, imageId: 'three' },
      ],
    },
  } as Image;
  const draft: Draft = { ...withImage(EMPTY_DRAFT, box, undefined), name: 'hello' };
  it('brings its hardware, and no account', () => {
    expect(hasErrors(validate(draft, box))).toBe(false);
    expect(somebodyCanLogIn(draft)).toBe(true);
    expect(toRequest(draft)).toEqual({
      name: 'hello',
      vcpus: 4,
      memoryBytes: GIB / 2,
      disks: [{ imageId: 'one', sizeBytes: 3 * GIB }, { sizeBytes: 5 * GIB }, { imageId: 'three', sizeBytes: GIB }],
      nics: [{ network: 'default' }, { network: 'default' }],
      start: true,
      waitForAgent: false,
    });
  });
  it('needs an account where cloud-init sets it up', () => {
    const machine = draft.machine && { ...draft.machine, isSetUp: true };
    expect(validate({ ...draft, machine }, box)['user']).toBeTruthy();
    expect(toRequest({ ...draft, machine, user: 'me' }).cloudInit?.user).toBe('me');
  });
  it('is forgotten when a plain image is chosen', () =>
    expect(withImage(draft, image, box)).toMatchObject({ machine: undefined, imageId: 'i', user: 'debian' }));
  it('has a first disk that does not become smaller', () =>
    expect(validate({ ...draft, diskGib: 2 }, box)['diskGib']).toMatch(/at least 3 GiB/));
});

describe('validation', () => {
  it('finds nothing wrong with a good draft', () => expect(hasErrors(validate(good, image))).toBe(false));
  it.each([
    ['name', { name: '../etc' }],
    ['diskGib', { diskGib: 3 }],
    ['vcpus', { vcpus: 0 }],
    ['memoryGib', { memoryGib: NaN }],
    ['user', { user: 'Root' }],
    ['passwordAgain', { passwordAgain: 'b' }],
    ['sshKeys[1]', { sshKeys: [KEY, 'x'] }],
    ['packages', { packages: 'vim; rm' }],
    ['nobodyLogsIn', { password: '', passwordAgain: '' }],
    ['timeZone', { setUp: { ...good.setUp, timeZone: 'in the morning' } }],
    ['locale', { setUp: { ...good.setUp, locale: 'German' } }],
    ['hostName', { setUp: { ...good.setUp, hostName: 'a_b' } }],
  ])('names %s', (field, change) => expect(validate({ ...good, ...change }, image)[field]).toBeTruthy());
  it('puts what the server says at its fields', () => {
    const { errors, rest } = placeServerErrors({ ...good, sshKeys: ['', KEY] }, [
      { field: 'name', message: 'taken' },
      { field: '/disks/0/sizeBytes', message: 'too small' },
      { field: 'cloudInit.sshKeys[0]', message: 'weak' },
      { field: 'quota', message: 'used up' },
    ]);
    expect(errors).toEqual({ name: 'taken', diskGib: 'too small', 'sshKeys[1]': 'weak' });
    expect(rest).toEqual([{ field: 'quota', message: 'used up' }]);
  });
});

describe('password strength', () => {
  it.each([
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['secret', 'weak'],
    ['correct horse battery', 'strong'],
  ])('%s is %s', (password, level) => expect(passwordStrength(password).level).toBe(level));
});
