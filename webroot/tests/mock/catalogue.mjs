// Images that others publish, and where that is read.
import { randomUUID } from 'node:crypto';
import { ago, id } from './data.mjs';
import { system } from './library.mjs';

const READING_MS = 600;
const MIB = 2 ** 20;

export const source = (name, kind, more = {}) => ({
  id: id(`source ${name}`),
  kind,
  name,
  location: kind === 'BUILT_IN' ? 'built in' : `https://catalogue.example.org/${name}.yaml`,
  entries: 0,
  mistakes: [],
  mistakeCount: 0,
  reading: false,
  readAt: kind === 'BUILT_IN' ? undefined : ago(7200),
  ...more,
});

export const entry = (key, distribution, version, more = {}) => ({
  id: id(`entry ${key}`),
  sourceId: id('source Official images'),
  key,
  name: `${distribution} ${version}`,
  family: 'linux',
  distribution,
  version,
  architecture: 'x86_64',
  kind: 'cloud',
  format: 'qcow2',
  url: `https://images.example.org/${key}.qcow2`,
  checked: true,
  defaultUser: distribution.toLowerCase(),
  leastMemoryBytes: 512 * MIB,
  ...more,
});

const full = () => ({
  sources: [source('Official images', 'BUILT_IN'), source('Ours', 'ADDRESS')],
  entries: [
    entry('debian-13-cloud', 'Debian', '13'),
    entry('debian-12', 'Debian', '12'),
    entry('debian-13-arm64', 'Debian', '13', { name: 'Debian 13 for ARM', architecture: 'aarch64', firmware: 'uefi' }),
    entry('debian-13-iso', 'Debian', '13', {
      name: 'Debian 13, network installer',
      kind: 'iso',
      format: 'iso',
      checked: false,
      defaultUser: undefined,
      note: 'The published list names it by its path, so its checksum is not compared.',
    }),
    entry('ubuntu-24.04', 'Ubuntu', '24.04', { leastMemoryBytes: 1024 * MIB }),
    entry('freebsd-15.1', 'FreeBSD', '15.1', { family: 'bsd', compression: 'xz' }),
    entry('appliance', 'Ours', '7', { sourceId: id('source Ours'), format: 'raw', defaultUser: undefined }),
  ],
});

function longOne() {
  const catalogue = full();
  const name = 'abcdefghij'.repeat(10);
  for (const one of catalogue.entries) {
    Object.assign(one, { name, note: `${name} `.repeat(5), defaultUser: 'a'.repeat(32), version: name.slice(60) });
  }
  Object.assign(catalogue.sources[1], {
    name,
    problem: `${name} cannot be reached. `.repeat(3),
    problemSince: ago(9000),
    mistakes: [name.repeat(3), name.repeat(2)],
    mistakeCount: 25,
  });
  return catalogue;
}

function catalogueOf(state) {
  if (state.host.length === 0) return { sources: [source('Official images', 'BUILT_IN')], entries: [] };
  return state.image[0].name.length > 40 ? longOne() : full();
}

const found = ({ distribution, version, leastMemoryBytes }) =>
  system(distribution, version, {
    leastMemoryBytes,
    learnedFrom: { system: 'CATALOGUE', leastMemoryBytes: 'CATALOGUE' },
  });

export function makeCatalogue(state, life, { json, problem }) {
  state.catalogue ??= catalogueOf(state);
  const { catalogue } = state;
  const sources = () => ({
    items: catalogue.sources.map((one) => ({
      ...one,
      entries: catalogue.entries.filter(({ sourceId }) => sourceId === one.id).length,
    })),
  });
  const read = (one) => {
    one.reading = true;
    setTimeout(() => {
      const failing = state.catalogue.failing?.(one);
      Object.assign(one, { reading: false }, failing ? {} : { readAt: new Date().toISOString() });
      Object.assign(one, { problem: failing, problemSince: failing && (one.problemSince ?? ago(0)) });
    }, READING_MS);
  };
  const sourceAnswer = (method, sourceId, body) => {
    if (method === 'GET') return json(200, sources());
    if (method === 'DELETE') {
      catalogue.sources = catalogue.sources.filter((one) => one.id !== sourceId);
      catalogue.entries = catalogue.entries.filter((one) => one.sourceId !== sourceId);
      return json(204);
    }
    const added = source(body.url, 'ADDRESS', { id: randomUUID(), location: body.url, readAt: undefined });
    catalogue.sources.push(added);
    read(added);
    return json(201, added);
  };
  const downloadAnswer = (entryId, body, key) => {
    const wanted = catalogue.entries.find((one) => one.id === entryId);
    const before = state.image.find((one) => key && one.announcedBy === key);
    if (before) return json(202, { taskId: id('task'), targetId: before.id });
    const name = body.name ?? wanted.key;
    const same = state.image.find((one) => one.name === name);
    if (same && !(same.catalogueEntryId === entryId && ['DRAFT', 'REFUSED'].includes(same.state))) {
      const errors = [{ field: 'name', message: `There is already an image called ${name}.` }];
      return problem(409, 'CONFLICT', errors[0].message, { errors });
    }
    const { format, defaultUser } = wanted;
    const said = { name, format, defaultUser, operatingSystem: found(wanted), catalogueEntryId: entryId };
    return json(202, life.fillImage(same ?? life.announce(said, key), 'download'));
  };
  return (method, [, , , what, action], query, body, key) => {
    if (!what) return json(200, { items: catalogue.entries });
    if (what === 'sources') return sourceAnswer(method, action, body);
    if (what !== 'refresh') return downloadAnswer(what, body, key);
    catalogue.sources.filter(({ kind }) => kind !== 'BUILT_IN').forEach(read);
    return json(200, sources());
  };
}
