import { describe, expect, it } from 'vitest';
import { EMPTY_FORM, formatOf, isReady, listOf, nameOf, problemsOf, toAnnouncement, type ImageForm } from './form';

const typed = (more: Partial<ImageForm>): ImageForm => ({ ...EMPTY_FORM, source: 'host', ...more });

describe('the form of an image', () => {
  it('suggests the name of the whole path, however it was typed', () => {
    expect(nameOf(typed({ path: '/s' }))).toBe('s');
    expect(nameOf(typed({ path: '/srv/debian-13.raw' }))).toBe('debian-13');
  });
  it('keeps what was typed and chosen when the path is corrected', () => {
    const form = typed({ name: 'mine', format: 'qcow2', path: '/srv/debian-13.raw' });
    expect([nameOf(form), formatOf(form)]).toEqual(['mine', 'qcow2']);
  });
  it('leaves an emptied name empty', () => {
    expect(isReady(typed({ path: '/srv/debian-13.raw' }))).toBe(true);
    expect(isReady(typed({ path: '/srv/debian-13.raw', name: '' }))).toBe(false);
  });
  it('announces only what was given', () =>
    expect(toAnnouncement(typed({ path: '/srv/a.iso', sum: ' ' }))).toEqual({ name: 'a', format: 'iso' }));

  it('says which system it is where that was typed', () => {
    const form = typed({ path: '/srv/a.iso', distribution: ' Debian ' });
    expect(toAnnouncement(form).operatingSystem).toEqual({ distribution: 'Debian' });
    expect(toAnnouncement({ ...form, systemVersion: '12' }).operatingSystem).toEqual({
      distribution: 'Debian',
      version: '12',
    });
    expect(isReady({ ...form, distribution: '', systemVersion: '12' })).toBe(false);
  });

  it('takes an address of the web, and suggests a name and format from it', () => {
    const web = (url: string) => typed({ source: 'web', url });
    const form = web(' https://mirror.test/pub/Debian%2013.raw?token=1 ');
    expect(nameOf(form)).toBe('Debian-13');
    expect(formatOf(form)).toBe('raw');
    expect(isReady(form)).toBe(true);
    for (const url of ['mirror.test/x', 'file:///etc/passwd', 'https://']) {
      expect(problemsOf(web(url)).url).toMatch(/An address of the web/);
    }
    expect(problemsOf(web('https://a:b@mirror.test/x')).url).toMatch(/Without a user name/);
    expect(isReady(web(''))).toBe(false);
  });

  it('tells a checksum by its length', () => {
    const announced = (sum: string) => toAnnouncement(typed({ path: '/srv/a.iso', sum }));
    expect(announced(` ${'ab'.repeat(32)} `)).toMatchObject({ sha256: 'ab'.repeat(32) });
    expect(announced('ab'.repeat(64))).toMatchObject({ sha512: 'ab'.repeat(64) });
    expect(announced('AB'.repeat(16))).toMatchObject({ md5: 'AB'.repeat(16) });
    for (const sum of ['ab', 'xy'.repeat(32), 'ab'.repeat(20)]) {
      expect(isReady(typed({ path: '/srv/a.iso', sum }))).toBe(false);
    }
  });

  it('looks the file up in a list where the checksum is an address', () => {
    const list = 'https://mirror.test/pub/SHA256SUMS';
    const web = typed({ source: 'web', url: 'https://mirror.test/pub/debian%2013.raw?x=1', sum: ` ${list} ` });
    expect(listOf(web)).toEqual({ checksumsUrl: list, fileName: 'debian 13.raw' });
    expect(isReady(web)).toBe(true);
    expect(toAnnouncement(web, { sha512: 'ab' })).toMatchObject({ sha512: 'ab' });
    expect(listOf(typed({ path: '/srv/a.iso', sum: list }))).toEqual({ checksumsUrl: list, fileName: 'a.iso' });
    expect(listOf(typed({ path: '/srv/a.iso', sum: 'ab'.repeat(32) }))).toBeUndefined();
    expect(problemsOf(typed({ sum: 'https://a:b@mirror.test/x' })).sum).toMatch(/Without a user name/);
    expect(problemsOf(typed({ sum: 'mirror.test/x' })).sum).toMatch(/hexadecimal digits/);
  });
});
