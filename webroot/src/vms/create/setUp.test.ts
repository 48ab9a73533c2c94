import { describe, expect, it } from 'vitest';
import type { Image } from '../../core/api/types';
import { EMPTY_DRAFT, withImage, type Draft } from './draft';
import { toRequest } from './request';
import { hasErrors, validate } from './validate';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me@here';
const image = { id: 'i', name: 'debian', defaultUser: 'debian', virtualSizeBytes: 1 } as Image;
const good: Draft = { ...EMPTY_DRAFT, name: 'hello', imageId: 'i', user: 'debian', password: 'a', passwordAgain: 'a' };

describe('what a guest is told', () => {
  it('carries what the first start does', () => {
    const setUp = {
      by: 'cloudInit' as const,
      hostName: ' web.example.com ',
      agent: false,
      commands: 'echo one\n\n echo two ',
      locale: 'de_AT.UTF-8',
      timeZone: 'Europe/Vienna',
      userData: '#cloud-config\nswap: {}\n',
    };
    expect(toRequest({ ...good, setUp }).cloudInit).toEqual({
      user: 'debian',
      password: 'a',
      sshKeys: [],
      sshPasswordLogin: false,
      hostName: 'web.example.com',
      runCommands: ['echo one', 'echo two'],
      locale: 'de_AT.UTF-8',
      timeZone: 'Europe/Vienna',
      userData: '#cloud-config\nswap: {}\n',
    });
  });
  it('is what the program of the image reads', () => {
    const windows = { ...image, operatingSystem: { distribution: 'Windows Server', learnedFrom: {} } } as Image;
    const coreOs = { ...image, operatingSystem: { distribution: 'Fedora CoreOS', learnedFrom: {} } } as Image;
    const secret = { ...good, packages: 'vim', sshKeys: [KEY], cards: [] };
    const onWindows = toRequest(withImage(secret, windows, undefined));
    expect(onWindows.cloudInit).toBeUndefined();
    expect(onWindows.cloudbase).toEqual({ sshKeys: [KEY] });
    const onCoreOs = toRequest(withImage(secret, coreOs, undefined));
    expect(onCoreOs.cloudInit).toBeUndefined();
    expect(onCoreOs.ignition).toEqual({ user: 'debian', password: 'a', sshKeys: [KEY] });
    expect(hasErrors(validate(withImage({ ...EMPTY_DRAFT, name: 'win' }, windows, undefined), windows))).toBe(false);
  });
  it('says that nobody logs in only where that is so', () => {
    const alone = { ...good, password: '', passwordAgain: '', nobodyLogsIn: true };
    expect(toRequest(alone).cloudInit?.nobodyLogsIn).toBe(true);
    expect(toRequest({ ...alone, sshKeys: [KEY] }).cloudInit?.nobodyLogsIn).toBeUndefined();
  });
  it('carries each key once, wherever it is from', () =>
    expect(toRequest({ ...good, sshKeys: [KEY, ''], profileKeys: [KEY, `${KEY} 2`] }).cloudInit?.sshKeys).toEqual([
      KEY,
      `${KEY} 2`,
    ]));
});
