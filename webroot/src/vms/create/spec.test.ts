import { describe, expect, it } from 'vitest';
import type { CustomizationSpec } from '../../core/api/types';
import { EMPTY_DRAFT } from './draft';
import { somebodyCanLogIn } from './logIn';
import { toRequest } from './request';
import { specSummary, withSpec } from './spec';
import { validate } from './validate';

const spec = {
  id: 's1',
  name: 'web',
  description: '',
  kind: 'LINUX',
  hostNamePattern: '{name}.example.org',
  cloudInit: { user: 'ops', sshKeys: [], sshPasswordLogin: true, packages: ['nginx'], agent: true },
  passwordSet: true,
  userDataSet: false,
} as unknown as CustomizationSpec;
const named = { ...EMPTY_DRAFT, name: 'shop', imageId: 'i' };

describe('a new VM by a customization spec', () => {
  it('is filled in from it, and needs no password of its own', () => {
    const draft = withSpec(named, spec);
    expect(draft.user).toBe('ops');
    expect(somebodyCanLogIn(draft)).toBe(true);
    expect(somebodyCanLogIn(withSpec(named, { ...spec, passwordSet: false }))).toBe(false);
    expect(toRequest(draft)).toMatchObject({
      customizationSpecId: 's1',
      cloudInit: { user: 'ops', packages: ['nginx'], agent: true, sshPasswordLogin: true },
    });
    expect(toRequest(draft).cloudInit).not.toHaveProperty('password');
  });

  it('says outright what was emptied, so that the spec does not bring it back', () => {
    const draft = withSpec(named, spec);
    const emptied = { ...draft, packages: '', setUp: { ...draft.setUp, agent: false } };
    expect(toRequest(emptied).cloudInit).toMatchObject({ packages: [], agent: false });
  });

  it('leaves the spec where the image is set up by another program', () => {
    const draft = withSpec(named, spec);
    const other = { ...draft, setUp: { ...draft.setUp, by: 'ignition' as const } };
    expect(toRequest(other)).not.toHaveProperty('customizationSpecId');
    expect(somebodyCanLogIn(other)).toBe(false);
  });

  it('needs a host name where the spec numbers clones', () => {
    const draft = withSpec(named, { ...spec, hostNamePattern: 'web-{n}' });
    expect(validate(draft, undefined)['hostName']).toMatch(/give this machine a host name/);
    const own = { ...draft, setUp: { ...draft.setUp, hostName: 'web' } };
    expect(validate(own, undefined)['hostName']).toBeUndefined();
  });

  it('is told in a line', () =>
    expect(specSummary(spec)).toBe('user ops, password, 1 package, host name {name}.example.org'));
});
