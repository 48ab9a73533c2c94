import { describe, expect, it } from 'vitest';
import type { UnmanagedVm } from '../../core/api/types';
import { keyOf } from './domains';
import { nameErrors, suggestion, suggestions } from './names';

const domain = (name: string, hostName = 'kvm1'): UnmanagedVm =>
  ({ uuid: `id of ${name}`, name, hostId: `id of ${hostName}`, hostName }) as UnmanagedVm;
const web = domain('web');
const otherWeb = domain('Web', 'kvm2');
const mail = domain('my mail (old)');
const nothingTaken = (): boolean => false;

describe('the names of domains that are adopted together', () => {
  it('are like those of libvirt, as far as those can be names', () => {
    expect(suggestion('my mail (old)')).toBe('my-mail-old-');
    expect(suggestion('-.db')).toBe('db');
    expect(suggestion('x'.repeat(80))).toHaveLength(63);
  });

  it('are fine where they differ and no VM has them', () =>
    expect(nameErrors([web, mail], suggestions([web, mail]), nothingTaken)).toEqual({}));

  it('are wrong at each of two that would have the same, in any case, and say which is the other', () =>
    expect(nameErrors([web, mail, otherWeb], suggestions([web, mail, otherWeb]), nothingTaken)).toEqual({
      [keyOf(web)]: 'Web on kvm2 would have the same name.',
      [keyOf(otherWeb)]: 'web on kvm1 would have the same name.',
    }));

  it('are wrong where a VM has them, and where they are none', () => {
    const names = { ...suggestions([web, mail]), [keyOf(mail)]: '' };
    expect(nameErrors([web, mail], names, (name) => name === 'web')).toEqual({
      [keyOf(web)]: 'A virtual machine called "web" exists already.',
      [keyOf(mail)]: 'A name is needed.',
    });
  });
});
