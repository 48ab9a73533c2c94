// The image library.
import { GIB, ago, id } from './data.mjs';

/** As the library shows one that it knows by the name of a file. */
export const system = (distribution, version, more = {}) => ({
  family: 'linux',
  distribution,
  version,
  leastMemoryBytes: GIB / 2,
  virtio: true,
  learnedFrom: { system: 'NAME', leastMemoryBytes: 'TABLE', virtio: 'TABLE' },
  ...more,
});

export const image = (name, state, more = {}) => ({
  id: id(`image ${name}`),
  name,
  description: '',
  operatingSystem: system('Debian', '13'),
  defaultUser: 'debian',
  format: 'qcow2',
  state,
  sha256: 'a3f5'.repeat(16),
  fileBytes: (0.41 * GIB) | 0,
  virtualSizeBytes: 3 * GIB,
  tags: [],
  owner: { id: id('user admin'), name: 'admin' },
  visibility: 'SHARED',
  copies: [{ poolId: id('pool local'), hostId: id('host kvm1'), state: 'READY', kept: true, lastUsedAt: ago(7200) }],
  createdAt: ago(86400),
  version: 1,
  ...more,
});

export const library = () => [
  image('netinst', 'READY', {
    name: 'debian-13-netinst',
    format: 'iso',
    defaultUser: undefined,
    operatingSystem: system('Debian', '13', {
      learnedFrom: { system: 'ISO', leastMemoryBytes: 'TABLE', virtio: 'TABLE' },
    }),
    visibility: 'PRIVATE',
  }),
  image('bookworm', 'DEPRECATED', { name: 'debian-12', operatingSystem: system('Debian', '12'), tags: ['lts', 'web'] }),
  image('debian', 'READY', { name: 'debian-13' }),
  image('alpine', 'CHECKING', {
    operatingSystem: system('Alpine Linux', '3.23'),
    defaultUser: 'alpine',
    copies: [],
    sha256: undefined,
  }),
  image('evil', 'REFUSED', {
    problem: 'The file says it is raw, but it has a qcow2 header with the backing file /etc/passwd.',
  }),
  image('draft', 'DRAFT', {
    fileBytes: 0,
    virtualSizeBytes: 0,
    copies: [],
    sha256: undefined,
    operatingSystem: undefined,
  }),
];
