// Pools, volumes and snapshots, as far as more can be done with them than to list them.
import { randomUUID } from 'node:crypto';
import { GIB, id, pool } from './data.mjs';

const json = (status, body) => ({ status, body });
const problem = (status, code, detail, more = {}) =>
  json(status, { type: `urn:limiquantix:${code}`, title: code, status, detail, code, ...more });
const now = () => new Date().toISOString();

const PLACE = "It says where the pool's data is. Make another pool for the other place, and copy the volumes there.";
const setting = (name, required, secret, description) => ({
  ...{ name, required, secret, description },
  ...{ changeable: false, aboutChange: PLACE },
});
const changeable = (setting, aboutChange = '') => ({ ...setting, changeable: true, aboutChange });
export const DRIVERS = [
  { name: 'local', settings: [setting('path', true, false, 'An empty directory of the host.')] },
  {
    name: 'nfs',
    settings: [
      setting('server', true, false, "The server's host name or IP address."),
      setting('export', true, false, 'The path that the server exports, with no_root_squash.'),
      changeable(setting('version', false, false, '3, 4, 4.0, 4.1 or 4.2; left out, the newest that both sides know.')),
    ],
  },
  {
    name: 'ceph',
    settings: [
      changeable(setting('monitors', true, false, 'The monitors, separated by commas.')),
      setting('pool', true, false, 'The RBD pool; it is there already, and is not made.'),
      changeable(setting('user', true, false, 'The cephx user, without "client.".')),
      changeable(
        setting('key', true, true, 'The user\'s key, as "ceph auth get-key" prints it.'),
        'VMs that run go on with the old one until they are started again.',
      ),
    ],
  },
];

const BAD_PATH = 'There is no such directory.';

export function makeStorage(state, { change, run, emit }) {
  const hosts = (ids) => state.host.filter((host) => !ids?.length || ids.includes(host.id));
  const hostOf = ({ id: hostId, name }) => ({
    hostId,
    hostName: name,
    usable: true,
    capacityBytes: 500 * GIB,
    freeBytes: 312 * GIB,
    reportedAt: now(),
    outdated: false,
  });
  const snapshotsOf = (volume) => (state.snapshot ??= []).filter((one) => one.volumeId === volume.id);
  const recount = (volume) => change('volume', volume, { snapshotCount: snapshotsOf(volume).length });

  /** On the second host, and everywhere where the path begins with /mnt, the pool does not work. */
  const tryPool = ({ settings, hostIds }) => ({
    items: hosts(hostIds).map((host, i) =>
      settings.path?.startsWith('/mnt') || i === 1
        ? { hostId: host.id, usable: false, capacityBytes: 0, freeBytes: 0, problem: BAD_PATH, field: 'settings.path' }
        : { hostId: host.id, usable: true, capacityBytes: 500 * GIB, freeBytes: 312 * GIB },
    ),
  });

  const createPool = ({ name, driver, settings, secrets = {} }, key) => {
    const before = state.pool.find((there) => there.madeBy === key);
    if (before) return before;
    const made = { ...pool(name, 'READY', { driver, settings }), id: randomUUID(), madeBy: key };
    made.secretNames = Object.keys(secrets);
    state.pool.push(made);
    emit('pool', made, 'created');
    return made;
  };

  const assign = (method, target, hostId) => {
    const others = target.hosts.filter((host) => host.hostId !== hostId);
    const host = state.host.find((candidate) => candidate.id === hostId);
    if (method === 'DELETE' && target.name === 'local')
      return problem(409, 'CONFLICT', `The VM hello on ${host.name} has a disk in the pool.`);
    change('pool', target, { hosts: method === 'PUT' ? [...others, hostOf(host)] : others });
    return json(200, target);
  };

  const adopt = (target, { hostId, storageName, name }) => {
    const made = {
      ...state.volume[0],
      ...{ id: randomUUID(), name, poolId: target.id, hostId, attachments: [], snapshotCount: 0, version: 1 },
    };
    state.unmanaged = state.unmanaged.filter((one) => one.storageName !== storageName);
    state.volume.push(made);
    emit('volume', made, 'created');
    change('pool', target, { volumeCount: target.volumeCount + 1 });
    return json(
      202,
      run('adopt', made, () => undefined, 'volume'),
    );
  };

  const without = (settings) => Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));

  const changePool = (target, { name = target.name, settings = {}, secrets = {} }, version) => {
    if (version !== `"${target.version}"`) return problem(412, 'STALE_VERSION', `${target.name} was changed since.`);
    const kept = target.secretNames.filter((one) => secrets[one] !== null);
    change('pool', target, {
      name,
      settings: without({ ...target.settings, ...settings }),
      secretNames: [...new Set([...kept, ...Object.keys(without(secrets))])],
    });
    return json(200, target);
  };

  const poolAnswer = (method, target, action, subId, body, request) => {
    if (method === 'PATCH') return changePool(target, body, request.version);
    if (action === 'hosts') return assign(method, target, subId);
    if (action === 'unmanaged') return json(200, { items: state.unmanaged ?? [] });
    if (action === 'adopt') return adopt(target, body);
    if (action === 'maintenance') change('pool', target, body);
    if (action === 'maintenance') return json(200, target);
    if (target.volumeCount > 0) return problem(409, 'CONFLICT', 'The pool still holds volumes.');
    state.pool.splice(state.pool.indexOf(target), 1);
    emit('pool', target, 'deleted');
    return json(204);
  };

  const createVolume = (body) => {
    const source = state.volume.find((volume) => volume.id === body.sourceVolumeId);
    const made = {
      ...(source ?? state.volume[0] ?? {}),
      format: 'qcow2',
      ...body,
      id: randomUUID(),
      shareable: body.shareable ?? false,
      attachments: [],
      state: 'CREATING',
      snapshotCount: 0,
      independent: body.independent ?? false,
      version: 1,
    };
    state.volume.push(made);
    emit('volume', made, 'created');
    const copied = source && source.poolId !== body.poolId;
    return json(
      202,
      run(copied ? 'copy' : 'create', made, () => change('volume', made, { state: 'READY' }), 'volume'),
    );
  };

  const snapshotAnswer = (method, volume, snapshotId, what, body) => {
    if (method === 'GET') return json(200, { items: snapshotsOf(volume) });
    if (!snapshotId) {
      const made = { id: randomUUID(), volumeId: volume.id, name: body.name, sizeBytes: volume.sizeBytes };
      state.snapshot = [...snapshotsOf(volume), { ...made, state: 'READY', createdAt: now(), version: 1 }];
      return json(
        202,
        run('snapshot', volume, () => recount(volume), 'volume'),
      );
    }
    if (what === 'revert')
      return json(
        202,
        run('revert', volume, () => recount(volume), 'volume'),
      );
    const gone = () => {
      state.snapshot = state.snapshot.filter((one) => one.id !== snapshotId);
      recount(volume);
    };
    return json(202, run('delete-snapshot', volume, gone, 'volume'));
  };

  const volumeAnswer = (method, volume, action, subId, what, body) => {
    if (action === 'snapshots') return snapshotAnswer(method, volume, subId, what, body);
    if (action === 'resize')
      return json(
        202,
        run('resize', volume, () => change('volume', volume, body), 'volume'),
      );
    if (action === 'make-independent')
      return json(
        202,
        run(action, volume, () => change('volume', volume, { independent: true }), 'volume'),
      );
    const gone = () => {
      state.volume.splice(state.volume.indexOf(volume), 1);
      emit('volume', volume, 'deleted');
    };
    return json(202, run('delete', volume, gone, 'volume'));
  };
  return { tryPool, createPool, poolAnswer, createVolume, volumeAnswer };
}

export const unmanaged = (storageName, more = {}) => ({
  hostId: id('host kvm1'),
  storageName,
  format: 'qcow2',
  sizeBytes: 20 * GIB,
  ...more,
});
