// Volumes on their way in and out as files.
import { randomUUID } from 'node:crypto';
import { ago, GIB, id, volume } from './data.mjs';

const json = (status, body) => ({ status, body });
const problem = (status, code, detail, more = {}) =>
  json(status, { type: `urn:limiquantix:${code}`, title: code, status, detail, code, ...more });
const now = () => new Date().toISOString();
const inHours = (hours) => new Date(Date.now() + hours * 36e5).toISOString();

/** A file with this SHA-256 is never what was announced. */
const WRONG = 'b'.repeat(64);

export const exported = (name, more = {}) => ({
  id: id(`export ${name}`),
  origin: { kind: 'VOLUME', id: id('volume old-data') },
  volumeId: id('volume old-data'),
  fileName: name,
  format: name.split('.').at(-1),
  hostId: id('host kvm1'),
  state: 'READY',
  bytes: (1.7 * GIB) | 0,
  createdAt: ago(7200),
  expiresAt: inHours(22),
  ...more,
});

function content(file, range) {
  const bytes = Buffer.from(`the bytes of ${file.fileName}`);
  const part = /^bytes=(\d+)-(\d+)$/.exec(range ?? '');
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
  };
  if (!part) return { status: 200, bytes, headers };
  const [from, to] = [Number(part[1]), Number(part[2])];
  const where = { 'content-range': `bytes ${from}-${to}/${bytes.length}` };
  return { status: 206, bytes: bytes.subarray(from, to + 1), headers: { ...headers, ...where } };
}

export function makeTransfers(state, { run, emit }, control) {
  const uploads = new Map();
  const all = () => (state.export ??= []);
  const remove = (file) => (state.export = all().filter((one) => one !== file));

  const announce = (body, key) => {
    const before = [...uploads.values()].find((upload) => key && upload.key === key);
    if (before) return json(201, before.view);
    const pool = state.pool.find((one) => one.id === body.poolId);
    const taken = state.volume.some((one) => one.poolId === body.poolId && one.name === body.name);
    const detail = `The pool ${pool.name} already holds a volume called ${body.name}.`;
    if (taken) return problem(409, 'CONFLICT', detail, { field: 'name' });
    const { name, poolId, format, hostId = pool.hosts[0].hostId } = body;
    const view = { id: randomUUID(), name, poolId, format, hostId, expiresAt: inHours(24) };
    uploads.set(view.id, { key, view, body });
    return json(201, view);
  };

  const becomeVolume = ({ view, body }, length) => {
    uploads.delete(view.id);
    if (body.sha256 === WRONG)
      return { code: 'INVALID', message: 'The file has another SHA-256 than was announced.', details: {} };
    const made = volume(view.name, undefined, { ...view, sizeBytes: Math.max(length, 2 ** 20), independent: true });
    state.volume.push(made);
    emit('volume', made, 'created');
  };

  const uploadAnswer = (method, uploadId, action, body, request) => {
    if (!uploadId) return announce(body, request.key);
    const upload = uploads.get(uploadId);
    if (method === 'DELETE') {
      uploads.delete(uploadId);
      return json(204);
    }
    if (!upload || action !== 'content')
      return problem(404, 'NOT_FOUND', `There is no upload ${uploadId}; it may have ended or expired. Begin it anew.`);
    return json(
      202,
      run('upload', upload.view, () => becomeVolume(upload, request.length), 'volume'),
    );
  };

  const KINDS = { volumes: 'VOLUME', images: 'IMAGE', vms: 'VM' };

  const filesOf = (origin, name, { format, snapshotId }, disks) =>
    disks.map((disk) => ({
      ...{ id: randomUUID(), origin, fileName: `${name}${disk}.${format}`, format, bytes: 0 },
      ...{ hostId: id('host kvm1'), state: 'MAKING', createdAt: now(), ...(snapshotId ? { snapshotId } : {}) },
    }));

  const begin = (plural, item, body) => {
    const snapshot = (state.snapshot ?? []).find((one) => one.id === body.snapshotId);
    const name = snapshot ? `${item.name}-${snapshot.name}` : item.name;
    const each = plural === 'vms' && body.format !== 'ova';
    const disks = each ? item.disks.map((_disk, index) => `-disk${index + 1}`) : [''];
    const made = filesOf({ kind: KINDS[plural], id: item.id }, name, body, disks);
    state.export = [...made, ...all()];
    const end = () => {
      if (control.failExports) made.forEach(remove);
      if (control.failExports) return { code: 'NO_CAPACITY', message: control.failExports, details: {} };
      const whole = { state: 'READY', bytes: (1.2 * GIB) | 0, sha256: 'c0ffee42'.repeat(8), expiresAt: inHours(24) };
      made.forEach((file) => Object.assign(file, whole));
    };
    const undo = () => made.forEach(remove);
    const kind = KINDS[plural].toLowerCase();
    return json(202, run('export', { id: made[0].id, name }, end, kind, { targetKind: 'export' }, undo));
  };

  const exportAnswer = (method, plural, item, exportId, what, body, request) => {
    const files = all().filter(({ origin }) => origin.kind === KINDS[plural] && origin.id === item.id);
    if (!exportId) return method === 'GET' ? json(200, { items: files }) : begin(plural, item, body);
    const file = files.find((one) => one.id === exportId);
    if (!file) return problem(404, 'NOT_FOUND', `It has no export ${exportId}; it may have expired.`);
    if (what === 'content') return content(file, request.range);
    remove(file);
    return json(204);
  };
  return { uploadAnswer, exportAnswer };
}
