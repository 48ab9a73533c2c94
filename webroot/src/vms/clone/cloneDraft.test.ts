import { describe, expect, it } from 'vitest';
import { cloneErrors, cloneRequest, draftOf } from './cloneDraft';
import { cloneNames, inShort } from './cloneNames';
import type { CustomizationSpec, Vm } from '../../core/api/types';

const vm = { name: 'web', description: 'shop', folder: 'team' } as Vm;

describe('names of clones', () => {
  it('are one, or a run as wide as its first number', () => {
    expect(cloneNames('web-2').names).toEqual(['web-2']);
    expect(cloneNames('web-{08..11}').names).toEqual(['web-08', 'web-09', 'web-10', 'web-11']);
    expect(inShort(cloneNames('w{1..9}').names ?? [])).toBe('w1, w2, w3, w4 … w9 (9 clones)');
  });
  it.each(['web-{2..1}', 'web-{1..101}', 'web-{1..2}-{1..2}', 'web-{', '-{1..2}', ''])('%s is refused', (text) => {
    expect(cloneNames(text).error).toBeTruthy();
  });
});

describe('a request for clones', () => {
  it('says nothing of what stays as the source has it', () => {
    expect(cloneRequest(draftOf(vm, ''))).toEqual({
      name: 'web-clone',
      kind: 'FULL',
      quiesce: true,
      description: 'shop',
      folder: 'team',
      start: false,
    });
  });
  it('is called after the template that is deployed', () => expect(draftOf(vm, '', 'gold').name).toBe('gold-vm'));
  it('names pools of copies only', () => {
    const draft = { ...draftOf(vm, 's1'), pools: { v1: 'p1', v2: '' } };
    expect(cloneRequest(draft)).toMatchObject({ snapshotId: 's1', pools: [{ volumeId: 'v1', poolId: 'p1' }] });
    expect(cloneRequest({ ...draft, kind: 'LINKED' }).pools).toBeUndefined();
  });
  it('names a customization spec, which has to bring a way in', () => {
    const spec = { id: 's1', kind: 'LINUX', passwordSet: true, cloudInit: {} } as CustomizationSpec;
    const draft = { ...draftOf(vm, ''), bySpec: true };
    expect(cloneErrors(draft)['customizationSpecId']).toMatch(/Choose/);
    expect(cloneErrors({ ...draft, spec: { ...spec, passwordSet: false } })['customizationSpecId']).toMatch(/Nobody/);
    expect(cloneErrors({ ...draft, spec })['customizationSpecId']).toBeUndefined();
    expect(cloneRequest({ ...draft, spec })).toMatchObject({ customizationSpecId: 's1' });
    expect(cloneRequest({ ...draft, spec, bySpec: false })).not.toHaveProperty('customizationSpecId');
  });
  it('needs a way in where the guest is set up otherwise', () => {
    const draft = { ...draftOf(vm, ''), otherwise: true };
    expect(cloneErrors(draft)['cloudInit.password']).toMatch(/Nobody could log in/);
    expect(cloneErrors({ ...draft, password: 'secret' })['cloudInit.password']).toBeUndefined();
    expect(cloneRequest({ ...draft, password: 'secret', address: '192.0.2.7/24' }).cloudInit).toEqual({
      user: 'admin',
      sshKeys: [],
      password: 'secret',
      sshPasswordLogin: true,
      network: { address: '192.0.2.7/24' },
    });
  });
});
