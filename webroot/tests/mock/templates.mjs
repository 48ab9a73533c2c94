// Templates, and VMs that become such and are such no more.
import { json, problem } from './api.mjs';
import { GIB, ago, vm } from './data.mjs';

/** A family of two versions, on the newer of which a VM stands. */
export const goldenVms = () => [
  vm('gold-old', 'STOPPED', {
    template: { family: 'gold', version: 1, note: 'as installed', since: ago(90000) },
  }),
  vm('gold-new', 'STOPPED', {
    template: { family: 'gold', version: 2, note: 'patched in May', since: ago(4000) },
    dependents: 1,
  }),
];

const versionOf = (one) => ({
  vmId: one.id,
  vmName: one.name,
  phase: one.phase,
  ...one.template,
  sizeBytes: one.disks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) || GIB,
  hostId: one.hostId,
  hostName: one.hostName,
  imageId: one.disks[0]?.imageId,
  dependents: one.dependents ?? 0,
});

export function makeTemplates({ state, change, now, clone }) {
  const newest = new Map();
  const ofFamily = (family) =>
    state.vm
      .filter(({ template }) => template?.family === family)
      .sort((a, b) => b.template.version - a.template.version);
  const families = (search) =>
    [...new Set(state.vm.flatMap(({ template }) => template?.family ?? []))]
      .filter((name) => name.toLowerCase().includes(search.toLowerCase()))
      .sort()
      .map((name) => ({ name, versions: ofFamily(name).map(versionOf) }));

  const convert = (one, { name = one.name, note = '' }) => {
    if (one.powerState !== 'STOPPED')
      return problem(409, 'CONFLICT', `${one.name} is not off; shut it down before you convert it to a template.`);
    const version = Math.max(newest.get(name) ?? 0, ofFamily(name)[0]?.template.version ?? 0) + 1;
    newest.set(name, version);
    change('vm', one, { template: { family: name, version, note, since: now() } });
    return json(200, one);
  };
  const convertBack = (one) => {
    newest.set(one.template.family, Math.max(newest.get(one.template.family) ?? 0, one.template.version));
    change('vm', one, { template: undefined });
    return json(200, one);
  };
  const describe = (one, { note }) => {
    change('vm', one, { template: { ...one.template, note } });
    return json(200, one);
  };
  return {
    list: (query) => json(200, { items: families(query.get('search') ?? '') }),
    deploy(family, query, body) {
      const wanted = query.has('version') ? Number(query.get('version')) : undefined;
      const source = ofFamily(family).find(({ template }) => wanted === undefined || template.version === wanted);
      return source ? clone(source, body) : problem(404, 'NOT_FOUND', `There is no template ${family}.`);
    },
    vmAnswer: { 'convert-to-template': convert, 'convert-to-vm': convertBack, template: describe },
  };
}
