// Made-up state for look-checks only; the product never sees this file.
import { accessOf } from './access.mjs';
import { DEFAULT_NIC } from './nic.mjs';
const ids = new Map();
export const id = (name) => {
  if (!ids.has(name)) ids.set(name, `0192e000-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`);
  return ids.get(name);
};
export const GIB = 2 ** 30;
export const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();

/** A disk's hardware where nothing was said. */
export const PLAIN_DISK = { bus: 'virtio', cache: 'auto', discard: 'unmap', ioThread: false };

export const vm = (name, powerState, more = {}) => ({
  id: id(`vm ${name}`),
  name,
  description: '',
  vcpus: 2,
  memoryBytes: 2 * GIB,
  phase: 'READY',
  powerState,
  stateReason: 'as asked',
  hostId: id('host kvm1'),
  hostName: 'kvm1.example.net',
  accelerator: 'TCG',
  disks: [
    {
      volumeId: id(`volume ${name}`),
      poolId: id('pool local'),
      sizeBytes: 10 * GIB,
      imageId: id('image debian'),
      attached: false,
      readOnly: false,
      ...PLAIN_DISK,
    },
  ],
  nics: [{ ...DEFAULT_NIC, networkId: id('network default') }],
  cdroms: [],
  bootOrder: ['disk0'],
  pending: [],
  labels: {},
  cpu: {},
  firmware: 'bios',
  secureBoot: false,
  tpm: false,
  clipboard: true,
  access: accessOf(name),
  guest:
    powerState === 'RUNNING'
      ? {
          answered: true,
          agentVersion: '9.2',
          hostName: name,
          operatingSystem: 'Debian GNU/Linux 13 (trixie)',
          addresses: [
            { mac: '52:54:00:aa:bb:01', ip: '192.168.122.47', prefix: 24, source: 'agent' },
            { mac: '52:54:00:aa:bb:01', ip: 'fe80::5054:ff:feaa:bb01', prefix: 64, source: 'agent' },
          ],
        }
      : { answered: false, addresses: [] },
  createdAt: ago(90000),
  changedAt: ago(400),
  version: 3,
  ...more,
});

/** A volume that was attached to a VM, as its disk. */
export const attached = (name, more = {}) => ({
  volumeId: id(`volume ${name}`),
  poolId: id('pool local'),
  sizeBytes: 10 * GIB,
  attached: true,
  readOnly: false,
  target: 'vdb',
  ...PLAIN_DISK,
  ...more,
});

export const task = (kind, name, state, progress, more = {}) => ({
  id: id(`task ${kind} ${name}`),
  kind,
  targetKind: 'vm',
  targetId: id(`vm ${name}`),
  targetName: name,
  actor: 'admin',
  state,
  progress,
  cancelRequested: false,
  log: [
    { at: ago(30), text: 'Reserved 2 vCPUs and 2 GiB on kvm1.example.net' },
    { at: ago(28), text: 'Cloned the disk from debian-13' },
  ],
  createdAt: ago(60),
  startedAt: ago(59),
  ...(state === 'RUNNING' ? {} : { endedAt: ago(20) }),
  version: 2,
  ...more,
});

export const host = (name, state, more = {}) => ({
  id: id(`host ${name}`),
  name: `${name}.example.net`,
  state,
  version: '0.1.0',
  capabilities: {
    cpuModel: 'Intel Xeon Gold 6338 @ 2.00GHz',
    architecture: 'x86_64',
    cpuCores: 16,
    memoryBytes: 64 * GIB,
    numaCells: [
      { id: 0, cpuCores: 8, memoryBytes: 32 * GIB },
      { id: 1, cpuCores: 8, memoryBytes: 32 * GIB },
    ],
    libvirtVersion: '11.3.0',
    qemuVersion: '10.0.3',
    kernelVersion: '6.12.48',
    accelerator: 'TCG',
    acceleratorReason: '/dev/kvm exists, but the probe guest could not run on it',
    offers: {
      uefi: true,
      secureBoot: true,
      tpm: true,
      cpuModels: ['host-model', 'Nehalem', 'qemu64', 'x86-64-v2', 'x86-64-v3'],
      watchdogs: ['i6300esb', 'itco'],
    },
  },
  reservedVcpus: 7,
  reservedMemoryBytes: 9 * GIB,
  memoryFreeBytes: 41 * GIB,
  loadAverage: 1.42,
  vmCount: 5,
  networks: [{ name: 'default', active: true, forwardMode: 'nat', bridge: 'virbr0' }],
  lastSeenAt: ago(3),
  joinedAt: ago(900000),
  ...more,
});

export const pool = (name, state, more = {}) => ({
  id: id(`pool ${name}`),
  name,
  driver: 'local',
  settings: { path: `/var/lib/limiquantix/${name}` },
  secretNames: [],
  shared: false,
  state,
  maintenance: false,
  fullness: 'NORMAL',
  abilities: {
    shared: false,
    liveSnapshots: false,
    volumeFormats: ['qcow2', 'raw'],
    snapshotFormats: ['qcow2'],
    sizeUnitBytes: 512,
  },
  capacityBytes: 500 * GIB,
  freeBytes: 312 * GIB,
  volumeCount: 6,
  createdAt: ago(900000),
  version: 1,
  hosts: [
    {
      hostId: id('host kvm1'),
      hostName: 'kvm1.example.net',
      usable: true,
      capacityBytes: 500 * GIB,
      freeBytes: 312 * GIB,
      outdated: false,
      reportedAt: ago(9),
    },
  ],
  ...more,
});

export const volume = (name, vmName, more = {}) => ({
  id: id(`volume ${name}`),
  poolId: id('pool local'),
  hostId: id('host kvm1'),
  name: `${name}-disk0`,
  format: 'qcow2',
  sizeBytes: 10 * GIB,
  allocatedBytes: (1.3 * GIB) | 0,
  state: 'READY',
  independent: false,
  snapshotCount: 0,
  shareable: false,
  attachments: vmName ? [{ vmId: id(`vm ${vmName}`), readOnly: false }] : [],
  path: `/var/lib/limiquantix/local/${name}-disk0.qcow2`,
  createdAt: ago(90000),
  version: 1,
  ...more,
});
