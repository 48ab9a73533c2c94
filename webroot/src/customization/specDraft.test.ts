import { describe, expect, it } from 'vitest';
import type { CustomizationSpec } from '../core/api/types';
import { draftOfSpec, patternError, specErrors, specRequest } from './specDraft';

const spec: CustomizationSpec = {
  id: 's1',
  name: 'web',
  description: 'for the shop',
  kind: 'LINUX',
  hostNamePattern: 'web-{n}.example.org',
  cloudInit: {
    user: 'ops',
    sshKeys: [],
    sshPasswordLogin: true,
    packages: ['nginx', 'htop'],
    network: { address: '192.0.2.7/24', gateway: '192.0.2.1', nameServers: ['192.0.2.53'] },
    networks: [{ nic: 2, dhcp4: true, dhcp6: true, mtu: 1400 }],
    runCommands: ['echo a', 'echo b'],
    timeZone: 'Europe/Vienna',
    agent: true,
  },
  passwordSet: true,
  userDataSet: true,
  createdAt: '2026-11-29T10:00:00Z',
  changedAt: '2026-11-29T10:00:00Z',
  version: 3,
};

describe('the form of a customization spec', () => {
  it('sends back all that it was filled in from, and no secret', () => {
    expect(specRequest(draftOfSpec(spec))).toEqual({
      name: 'web',
      description: 'for the shop',
      hostNamePattern: 'web-{n}.example.org',
      cloudInit: {
        user: 'ops',
        sshKeys: [],
        sshPasswordLogin: true,
        packages: ['nginx', 'htop'],
        networks: [
          { nic: 0, addresses: ['192.0.2.7/24'], gateway4: '192.0.2.1', nameServers: ['192.0.2.53'] },
          { nic: 2, dhcp6: true, mtu: 1400 },
        ],
        runCommands: ['echo a', 'echo b'],
        timeZone: 'Europe/Vienna',
        agent: true,
        nobodyLogsIn: false,
      },
    });
  });

  it('takes secrets away only where no other is typed', () => {
    const draft = { ...draftOfSpec(spec), forgetPassword: true, forgetUserData: true };
    expect(specRequest(draft).forget).toEqual(['password', 'userData']);
    expect(specRequest(draft).cloudInit?.sshPasswordLogin).toBe(false);
    const typed = { ...draft, setUp: { ...draft.setUp, password: 'other', passwordAgain: 'other' } };
    expect(specRequest(typed).forget).toEqual(['userData']);
    expect(specRequest(typed).cloudInit).toMatchObject({ password: 'other', sshPasswordLogin: true });
  });

  it('needs no way in, which whoever uses the spec may bring', () => {
    const errors = specErrors(draftOfSpec({ ...spec, passwordSet: false, userDataSet: false }));
    expect(Object.values(errors).filter(Boolean)).toEqual([]);
    const empty = specErrors(draftOfSpec(undefined));
    expect([empty['user'], empty['name']].every(Boolean)).toBe(true);
  });

  it.each(['{name}', 'web-{n}', '{name}-{n}.example.org', 'mail'])('takes the pattern %s', (pattern) =>
    expect(patternError(pattern)).toBeUndefined(),
  );
  it.each(['', '{host}', 'web_{n}', '-{name}', '{name', 'a..{n}'])('refuses the pattern %s', (pattern) =>
    expect(patternError(pattern)).toBeTruthy(),
  );
});
