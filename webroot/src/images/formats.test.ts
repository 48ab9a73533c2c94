import { describe, expect, it } from 'vitest';
import { guessFormat, nameFromFile } from '../core/upload/fileNames';
import { cameAs, hintOf } from './formats';

describe('the formats of images', () => {
  it.each([
    ['/srv/debian-13.vmdk', 'vmdk', 'debian-13'],
    ['Windows Server.VHDX', 'vhdx', 'Windows-Server'],
    ['azure.vhd.xz', 'vhd', 'azure'],
    ['alpine.qcow2.gz', 'qcow2', 'alpine'],
    ['fedora.raw.zst', 'raw', 'fedora'],
    ['box.vdi', 'vdi', 'box'],
    ['cirros.img.bz2', undefined, 'cirros'],
    ['Mail relay.ova', 'ova', 'Mail-relay'],
    ['box.ova.gz', 'ova', 'box'],
  ])('are told by the name of %s', (file, format, name) => {
    expect(guessFormat(file)).toBe(format);
    expect(nameFromFile(file)).toBe(name);
  });
  it('say what is done with the file', () => {
    expect(hintOf('vmdk')).toMatch(/converted to qcow2/);
    expect(hintOf('raw')).not.toMatch(/converted/);
    expect(hintOf('ova')).toMatch(/an image of its own/);
  });
  it('are kept with what an image came as', () => {
    const came = { format: 'vmdk', sha256: 'ab', fileBytes: 2 ** 30 };
    expect(cameAs({ cameAs: { ...came, compression: 'gzip' } })).toBe('VMDK (VMware), compressed by gzip, 1 GiB');
    expect(cameAs({ cameAs: came })).toBe('VMDK (VMware), 1 GiB');
    expect(cameAs({})).toBeUndefined();
  });
});
