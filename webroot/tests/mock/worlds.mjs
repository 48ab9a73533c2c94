// Whole installations, made of made-up things.
import { snapshotsOfVms } from './vmSnapshotData.mjs';
import { audited } from './audits.mjs';
import { GIB, ago, attached, host, id, pool, task, vm, volume } from './data.mjs';
import { SERVER } from './hardware.mjs';
import { eventsOfVms } from './vmEvents.mjs';
import { library, system } from './library.mjs';
import { customizationSpecs } from './customization.mjs';
import { networks } from './networkData.mjs';
import { unmanaged } from './storage.mjs';
import { exported } from './transfers.mjs';

const longName = 'billing-database-replica-with-a-very-long-name-eu-central-1-004';
const withDisk = (one, disk) => ({ ...one, disks: [...one.disks, disk] });

export const full = () => ({
  vm: [
    withDisk(vm('hello', 'RUNNING'), attached('shared', { readOnly: true })),
    withDisk(vm('web-1', 'RUNNING', { vcpus: 4, memoryBytes: 8 * GIB, ...SERVER }), attached('shared')),
    vm('web-2', 'STOPPED'),
    vm(longName, 'PAUSED'),
    vm('build', 'UNKNOWN', { phase: 'CREATING', guest: undefined, activeTaskId: id('task vm.create build') }),
    vm('legacy', 'CRASHED', { problem: 'The guest panicked at 03:12.' }),
  ],
  host: [
    host('kvm1', 'UP'),
    host('kvm2', 'DOWN', { problem: 'Not heard of for 4 minutes.', lastSeenAt: ago(240), vmCount: 0 }),
  ],
  pool: [
    pool('local', 'READY'),
    pool('rbd', 'READY', {
      driver: 'ceph',
      settings: { monitors: '10.0.0.1,10.0.0.2', pool: 'vms', user: 'limiquantix' },
      secretNames: ['key'],
      shared: true,
      fullness: 'WARNING',
      freeBytes: 70 * GIB,
      abilities: {
        shared: true,
        liveSnapshots: true,
        volumeFormats: ['raw'],
        snapshotFormats: ['raw'],
        sizeUnitBytes: 1,
      },
    }),
    pool('fast', 'DEGRADED', {
      fullness: 'WARNING',
      maintenance: true,
      capacityBytes: 100 * GIB,
      freeBytes: 6 * GIB,
      volumeCount: 1,
      hosts: [
        {
          hostId: id('host kvm1'),
          hostName: 'kvm1.example.net',
          usable: true,
          capacityBytes: 100 * GIB,
          freeBytes: 6 * GIB,
          reportedAt: ago(5),
        },
        {
          hostId: id('host kvm2'),
          hostName: 'kvm2.example.net',
          usable: false,
          capacityBytes: 0,
          freeBytes: 0,
          problem: 'The directory is on a read-only file system.',
          reportedAt: ago(240),
        },
      ],
    }),
  ],
  volume: [
    volume('hello', 'hello'),
    volume('web-1', 'web-1'),
    volume('web-2', 'web-2'),
    volume('old-data', undefined, { sizeBytes: 40 * GIB, snapshotCount: 1 }),
    volume('cloned', undefined, { imageId: id('image debian'), poolId: id('pool rbd'), hostId: undefined }),
    volume('new', undefined, { state: 'CREATING' }),
    volume('shared', undefined, {
      format: 'raw',
      shareable: true,
      attachments: ['hello', 'web-1'].map((name) => ({ vmId: id(`vm ${name}`), readOnly: name === 'hello' })),
    }),
    volume('scratch', undefined, { format: 'raw', imageId: undefined }),
    volume('far', undefined, { hostId: id('host kvm2') }),
  ],
  ...snapshotsOfVms(),
  snapshot: [
    {
      id: id('snapshot before'),
      volumeId: id('volume old-data'),
      name: 'before-the-upgrade',
      sizeBytes: 40 * GIB,
      state: 'READY',
      createdAt: ago(7200),
      version: 1,
    },
  ],
  export: [
    exported('old-data-disk0.qcow2'),
    exported('old-data-disk0-before-the-upgrade.raw', { hostId: id('host kvm2'), bytes: 40 * GIB }),
    exported('old-data-disk0.raw', { createdAt: ago(90000), expiresAt: ago(600), bytes: 40 * GIB }),
  ],
  unmanaged: [
    unmanaged('by hand.qcow2'),
    unmanaged('backup of 2024/../old disk with a long name that goes on and on.raw', { format: 'raw' }),
  ],
  image: library(),
  task: [
    task('vm.create', 'build', 'RUNNING', 55, { step: 'Making the disk from the image' }),
    task('vm.start', 'web-1', 'SUCCEEDED', 100),
    task('vm.delete', 'web-2', 'FAILED', 40, {
      failure: { code: 'CONFLICT', message: 'The volume web-2-disk0 is used by another VM.', details: {} },
      createdAt: ago(4000),
    }),
    task('image.import', 'alpine', 'CANCELLED', 10, { targetKind: 'image', createdAt: ago(9000) }),
  ],
  audit: [
    audited(20, 'POST', '/vms', 'createVm', 202, { name: 'build' }, { targetId: id('vm build') }),
    audited(60, 'POST', '/vms/{vmId}/start', 'startVm', 202, {}, { targetId: id('vm web-1') }),
    audited(90, 'POST', '/pools', 'createPool', 422, { name: 'fast', driver: 'local', path: '/mnt/fast' }),
    audited(300, 'DELETE', '/vms/{vmId}', 'deleteVm', 503, {}, { targetId: id('vm web-2') }),
    audited(310, 'POST', '/vms/{vmId}/consoles', 'openConsole', 201, {}, { targetId: id('vm web-1') }),
    audited(320, 'PATCH', '/vms/{vmId}', 'editVm', 200, { name: 'web-one' }, { targetId: id('vm web-1') }),
    audited(420, 'POST', '/session', 'logIn', 201),
    audited(
      440,
      'POST',
      '/session',
      'logIn',
      401,
      {},
      { userName: '(unknown)', remoteAddress: '2001:db8:85a3::8a2e:370:7334' },
    ),
  ],
  network: networks(),
  customizationSpec: customizationSpecs(),
  vmEvent: eventsOfVms(),
});

/** An installation of 10,000 VMs on 200 hosts, with the history that comes with it. */
export const crowd = () => {
  const state = full();
  const states = ['RUNNING', 'RUNNING', 'RUNNING', 'STOPPED', 'PAUSED'];
  state.host = Array.from({ length: 200 }, (_, i) =>
    host(`node-${String(i + 1).padStart(3, '0')}`, 'UP', { vmCount: 50, reservedVcpus: 100 }),
  );
  state.vm = Array.from({ length: 10_000 }, (_, i) => {
    const on = state.host[i % 200];
    return vm(`vm-${String(i + 1).padStart(5, '0')}`, states[i % 5], { hostId: on.id, hostName: on.name });
  });
  state.volume = state.vm.slice(0, 2000).map(({ name }) => volume(name, name));
  state.task = Array.from({ length: 1500 }, (_, i) =>
    task('vm.start', state.vm[i].name, i < 3 ? 'RUNNING' : i % 9 === 0 ? 'FAILED' : 'SUCCEEDED', 60, {
      createdAt: ago(60 + 30 * i),
      ...(i >= 3 && i % 9 === 0
        ? { failure: { code: 'UNAVAILABLE', message: 'The host did not answer in time.', details: {} } }
        : {}),
    }),
  );
  state.audit = Array.from({ length: 450 }, (_, i) =>
    audited(30 * i, 'POST', '/vms/{vmId}/start', 'startVm', 202, {}, { targetId: state.vm[i].id }),
  );
  return state;
};

/** Every name and text as long as the contract lets it be. */
export const long = () => {
  const name = (i) => `${String(i).padStart(2, '0')}-${'abcdefghij'.repeat(6)}`;
  const text = 'This sentence goes on and on without saying more than the one before it did. '.repeat(4);
  const state = full();
  for (const kind of ['vm', 'host', 'pool', 'image', 'volume']) {
    state[kind].forEach((thing, i) => {
      Object.assign(thing, { name: name(i) });
      if (kind !== 'volume') thing.problem = text;
      if (kind === 'vm') Object.assign(thing, { hostName: name(0), description: text.repeat(3), stateReason: text });
      if (kind === 'image')
        Object.assign(thing, { operatingSystem: system(name(7), '40 signs of a version'), description: text });
      if (kind === 'host') thing.capabilities.acceleratorReason = text;
      if (kind === 'pool') thing.settings = { path: `/${'directory/'.repeat(30)}` };
    });
  }
  state.export.forEach((one, i) => Object.assign(one, { fileName: `${name(i)}-${name(i)}.${one.format}` }));
  for (const one of state.task) {
    Object.assign(one, { targetName: name(1), actor: name(2), step: text, log: [{ at: ago(9), text }] });
    if (one.failure) one.failure.message = text;
  }
  for (const one of state.audit) {
    Object.assign(one, { userName: name(3), details: { ...one.details, name: name(4), path: `/${'x'.repeat(200)}` } });
  }
  return state;
};

const KINDS = ['vm', 'host', 'pool', 'volume', 'image', 'task', 'audit', 'network', 'customizationSpec'];
export const empty = () => Object.fromEntries(KINDS.map((kind) => [kind, []]));
