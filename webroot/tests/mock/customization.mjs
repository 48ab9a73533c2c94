// Customization specs that are kept, edited and deleted.
import { randomUUID } from 'node:crypto';
import { ago, id } from './data.mjs';

const json = (status, body) => ({ status, body });
const problem = (status, code, detail, more = {}) =>
  json(status, { type: `urn:limiquantix:${code}`, title: code, status, detail, code, ...more });

/** What is kept of a wish: its secrets by their presence only. */
function kept({ cloudInit, cloudbase, forget = [], ...rest }, before = {}) {
  const { password, userData, ...shown } = cloudInit ?? cloudbase;
  return {
    description: '',
    hostNamePattern: '{name}',
    ...rest,
    kind: cloudInit ? 'LINUX' : 'WINDOWS',
    ...(cloudInit ? { cloudInit: shown } : { cloudbase: shown }),
    passwordSet: password !== undefined || (before.passwordSet === true && !forget.includes('password')),
    userDataSet: userData !== undefined || (before.userDataSet === true && !forget.includes('userData')),
  };
}

export const customizationSpec = (name, wish, more = {}) => ({
  id: id(`customization spec ${name}`),
  ...kept({ name, ...wish }),
  createdAt: ago(9000),
  changedAt: ago(900),
  version: 1,
  ...more,
});

/** Made anew for each world, as they are edited there. */
export const customizationSpecs = () => [
  customizationSpec('base', {
    hostNamePattern: '{name}.example.org',
    cloudInit: { user: 'ops', password: 'kept', sshKeys: [], packages: ['htop'], agent: true, sshPasswordLogin: true },
  }),
  customizationSpec('web-servers', {
    description: 'nginx behind the balancer',
    hostNamePattern: 'web-{n}.example.org',
    cloudInit: {
      user: 'ops',
      password: 'kept',
      sshKeys: [],
      sshPasswordLogin: true,
      packages: ['nginx', 'htop'],
      runCommands: ['systemctl enable --now nginx'],
      timeZone: 'Europe/Vienna',
      agent: true,
    },
  }),
  customizationSpec('office', { cloudbase: { sshKeys: [], userData: '#ps1' } }),
];

export function makeCustomization(state, { change, emit }) {
  const taken = (name, own) =>
    state.customizationSpec.some((one) => one !== own && one.name.toLowerCase() === name.toLowerCase());
  const refusal = (name) => {
    const message = `There is already a customization spec called ${name}.`;
    return problem(409, 'CONFLICT', message, { errors: [{ field: 'name', message }] });
  };
  const add = (content) => {
    const now = new Date().toISOString();
    const made = { ...content, id: randomUUID(), createdAt: now, changedAt: now, version: 1 };
    state.customizationSpec.push(made);
    emit('customizationSpec', made, 'created');
    return json(201, made);
  };
  const create = (body) => (taken(body.name) ? refusal(body.name) : add(kept(body)));
  const answer = (method, item, action, body, { version }) => {
    if (action === 'duplicate') return taken(body.name) ? refusal(body.name) : add({ ...item, name: body.name });
    if (version !== `"${item.version}"`) return problem(412, 'STALE_VERSION', `${item.name} was changed since.`);
    if (method === 'PUT') {
      if (taken(body.name, item)) return refusal(body.name);
      change('customizationSpec', item, { ...kept(body, item), changedAt: new Date().toISOString() });
      return json(200, item);
    }
    state.customizationSpec.splice(state.customizationSpec.indexOf(item), 1);
    emit('customizationSpec', item, 'deleted');
    return json(204);
  };
  return { create, answer };
}
