// Answers as the contract says, over made-up state.
import { makeAccess } from './access.mjs';
import { randomUUID } from 'node:crypto';
import { capacityOverTime } from './capacity.mjs';
import { makeCatalogue } from './catalogue.mjs';
import { id } from './data.mjs';
import { definitionAnswer } from './definition.mjs';
import { driftAnswer } from './drift.mjs';
import { unmanagedAnswer } from './unmanaged.mjs';
import { KINDS } from './kinds.mjs';
import { list } from './lists.mjs';
import { makeParts } from './parts.mjs';
import { pictureAnswer } from './picture.mjs';
import { statisticsOf } from './statistics.mjs';
import { historyAnswer } from './vmEvents.mjs';
import { DRIVERS } from './storage.mjs';

const USERS = ['admin', 'bob'];

export const json = (status, body, headers = {}) => ({ status, body, headers });
export const problem = (status, code, detail, more = {}, headers = {}) =>
  json(status, { type: `urn:limiquantix:${code}`, title: code, status, detail, code, ...more }, headers);

const NOT_FOUND = problem(404, 'NOT_FOUND', 'There is no such thing.');
const NO_SESSION = problem(401, 'UNAUTHENTICATED', 'Log in first.');

export function makeApi(state, control, life) {
  const session = () => ({
    userId: id(`user ${control.userName}`),
    userName: control.userName,
    csrfToken: control.csrfToken,
    mustChangePassword: control.mustChangePassword,
    administrator: true,
    expiresAt: new Date(Date.now() + 36e5).toISOString(),
  });

  const sessionAnswer = (method, path, body) => {
    if (path === '/session/password') {
      if (!control.loggedIn) return NO_SESSION;
      if (body.oldPassword !== control.password) {
        const errors = [{ field: 'oldPassword', message: 'This is not your password.' }];
        return problem(422, 'INVALID', 'The password was not changed.', { errors });
      }
      Object.assign(control, { password: body.newPassword, mustChangePassword: false });
      return json(204);
    }
    if (method === 'DELETE') {
      control.loggedIn = false;
      return json(204);
    }
    if (method === 'GET') return control.loggedIn ? json(200, session()) : NO_SESSION;
    if (control.limited) return problem(429, 'LIMITED', 'Too many attempts.', {}, { 'retry-after': '27' });
    if (!USERS.includes(body.userName) || body.password !== control.password)
      return problem(401, 'UNAUTHENTICATED', 'Wrong.');
    Object.assign(control, { loggedIn: true, userName: body.userName, csrfToken: randomUUID() });
    return json(201, session());
  };

  const vmAnswer = (method, vm, action, body) => {
    if (action === 'consoles') {
      const path = `/api/v1/console/${body.kind.toLowerCase()}`;
      return json(201, { path, protocol: 'binary', expiresAt: session().expiresAt });
    }
    if (action === 'viewer-files') return { status: 201, bytes: '[virt-viewer]\n' };
    if (action === 'picture') return pictureAnswer(vm, control, problem);
    return json(202, method === 'DELETE' ? life.remove(vm) : life.power(vm, action));
  };

  const parts = makeParts(life, control);
  const access = makeAccess(control, { json, problem });
  const catalogueAnswer = makeCatalogue(state, life, { json, problem });
  const describeAnswer = (image, body, version) => {
    if (version !== `"${image.version}"`) return problem(412, 'STALE_VERSION', `${image.name} was changed since.`);
    return json(200, life.describeImage(image, body));
  };
  const imageAnswer = (method, image, action, request, body) => {
    if (method === 'PATCH' && !action) return describeAnswer(image, body, request.version);
    if (action === 'content' && method !== 'PUT') return parts(method, image, request);
    if (['import', 'download', 'content'].includes(action)) return json(202, life.fillImage(image, action));
    return method === 'DELETE' ? json(202, life.removeImage(image)) : json(405);
  };

  const copyAnswer = (method, image, poolId, body) => {
    if (method === 'POST') return json(202, life.copyImage(image, body));
    if (control.baseOfVolumes)
      return problem(409, 'CONFLICT', '2 volumes are based on this copy; make them independent or delete them first.');
    return json(202, life.removeCopy(image, poolId));
  };

  const sumsAnswer = ({ checksumsUrl, fileName }) => {
    const found = control.lists?.[checksumsUrl]?.[fileName];
    if (found) return json(200, found);
    const errors = [{ field: 'checksumsUrl', message: `The list has none of a file ${fileName}.` }];
    return problem(400, 'INVALID', errors[0].message, { errors });
  };

  const announceAnswer = (body, key) => {
    const before = state.image.find((image) => key && image.announcedBy === key);
    if (before) return json(201, before);
    if (!state.image.some((image) => image.name === body.name)) return json(201, life.announce(body, key));
    const errors = [{ field: 'name', message: `There is already an image called ${body.name}.` }];
    return problem(409, 'CONFLICT', errors[0].message, { errors });
  };

  return (method, path, query, body, request = {}) => {
    const { key, csrfToken } = request;
    const proven = method === 'GET' || (method === 'POST' && path === '/session') || csrfToken === control.csrfToken;
    if (control.loggedIn && !proven) return problem(403, 'FORBIDDEN', "A change has to carry the session's csrfToken.");
    if (path.startsWith('/session/ssh-keys'))
      return control.loggedIn ? access.keysAnswer(method, path, body) : NO_SESSION;
    if (path.startsWith('/session')) return sessionAnswer(method, path, body);
    if (!control.loggedIn) return NO_SESSION;
    const [, plural, itemId, action, subId, subAction] = path.split('/');
    if (plural === 'drivers') return json(200, { items: DRIVERS });
    if (path === '/viewers') return json(200, control.noViewers ? {} : { port: 8448 });
    if (path === '/vms/preview-seed') return access.seedAnswer(body.cloudInit, body.name);
    if (path === '/pools/try') return json(200, life.storage.tryPool(body));
    if (path.startsWith('/images/catalogue')) return catalogueAnswer(method, path.split('/'), query, body, key);
    if (plural === 'templates') return itemId ? life.templates.deploy(itemId, query, body) : life.templates.list(query);
    if (plural === 'uploads') return life.transfers.uploadAnswer(method, itemId, action, body, request);
    if (plural === 'image-checksums') return sumsAnswer(body);
    if (plural === 'unmanaged') return json(200, unmanagedAnswer(undefined, state, control));
    if (plural === 'hosts' && action === 'unmanaged' && method === 'POST') return json(202, life.adopt(subId, body));
    if (plural === 'hosts' && action === 'unmanaged') return json(200, unmanagedAnswer(itemId, state, control));
    const kind = KINDS[plural];
    if (!kind) return NOT_FOUND;
    if (plural === 'audit' && control.forbidden) return problem(403, 'FORBIDDEN', 'Only administrators may do this.');
    if (method === 'GET' && !itemId) return json(200, list(plural, state[kind], query));
    if (plural === 'vms' && !itemId) {
      if (control.refuseCreate)
        return problem(422, 'INVALID', 'The VM cannot be created so.', { errors: control.refuseCreate });
      return json(202, life.create(body));
    }
    if (plural === 'images' && !itemId) return announceAnswer(body, key);
    if (plural === 'pools' && !itemId && control.createPools) return json(201, life.storage.createPool(body, key));
    if (plural === 'pools' && !itemId)
      return problem(422, 'INVALID', 'The pool cannot be created.', {
        errors: [{ field: 'settings.path', message: 'kvm1.example.net: there is no such directory.' }],
      });
    if (plural === 'networks' && !itemId) return life.networks.create(body);
    if (plural === 'customization-specs' && !itemId) return life.customization.create(body);
    if (plural === 'volumes' && !itemId) return life.storage.createVolume(body);
    if (!itemId) return json(202, { taskId: id('task'), targetId: id('new') });
    if (kind === 'vm' && action === 'events') return historyAnswer(state, itemId, query);
    const item = state[kind].find((candidate) => candidate.id === itemId);
    if (!item) return NOT_FOUND;
    if (method === 'GET' && !action) return json(200, item);
    if (action === 'statistics') return json(200, statisticsOf(plural, item, query, control));
    if (action === 'definition') return definitionAnswer(item, control, { json, problem });
    if (action === 'drift') return json(200, driftAnswer(item, control));
    if (plural === 'vms' && action === 'release') return json(202, life.release(item));
    if (action === 'accept-drift') return json(202, life.acceptDrift(item));
    if (action === 'correct-drift') return json(202, life.correctDrift(item));
    if (action === 'seed') return access.seedAnswer(item.access, item.name);
    if (plural === 'pools' && action === 'capacity' && control.noCapacity)
      return problem(503, 'UNAVAILABLE', 'The database does not answer.');
    if (plural === 'pools' && action === 'capacity') return json(200, capacityOverTime(query.get('period'), item));
    if (plural === 'pools') return life.storage.poolAnswer(method, item, action, subId, body, request);
    if (plural === 'customization-specs') return life.customization.answer(method, item, action, body, request);
    if (plural === 'networks') return life.networks.answer(method, item, action, body, request);
    const conversion = kind === 'vm' && life.templates.vmAnswer[action];
    if (conversion) return conversion(item, body);
    if (kind === 'vm' && action === 'migration-targets') return life.migration.targets(item);
    if (kind === 'vm' && action === 'disk-targets') return life.diskMoves.targets(item);
    if (kind === 'vm' && action === 'move-disks') return life.diskMoves.move(item, body);
    if (kind === 'vm' && action === 'migrate') return life.migration.migrate(item, body);
    if (kind === 'vm' && action === 'clone') return life.clone(item, body);
    if (kind === 'vm' && (action === 'snapshots' || action === 'find-snapshots'))
      return life.vmSnapshots(method, item, path, query, body, request);
    if (action === 'nics') return life.networks.vmAnswer(method, item, subId, body);
    if (action === 'exports') return life.transfers.exportAnswer(method, plural, item, subId, subAction, body, request);
    if (action === 'shareable') return life.disks.setShareable(item, body);
    if (plural === 'volumes') return life.storage.volumeAnswer(method, item, action, subId, subAction, body);
    if (action === 'cdroms') return life.changeCdrom(item, Number(subId), body);
    if (action === 'disks') return life.disks.vmAnswer(method, item, subId, body);
    if (plural === 'vms' && method === 'PATCH') return life.edit(item, body, request.version);
    if (plural === 'vms') return vmAnswer(method, item, action, body);
    if (plural === 'images' && action === 'copies') return copyAnswer(method, item, subId, body);
    if (plural === 'images') return imageAnswer(method, item, action, request, body);
    if (action === 'cancel') return json(200, life.cancel(item));
    return json(202, { taskId: id('task'), targetId: itemId });
  };
}
