// Networks that come and go, and the cards of VMs that are on them.
import { randomUUID } from 'node:crypto';
import { ago, id } from './data.mjs';
import { network } from './networkData.mjs';

const json = (status, body) => ({ status, body });
const problem = (status, code, detail, more = {}) =>
  json(status, { type: `urn:limiquantix:${code}`, title: code, status, detail, code, ...more });

export function makeNetworks(state, { change, run, emit }, control) {
  const count = (name, by) => {
    const on = state.network.find((one) => one.name === name);
    if (on) change('network', on, { nicCount: on.nicCount + by });
    return on;
  };

  const create = (body) => {
    if (control.refuseNetwork) {
      const errors = [control.refuseNetwork];
      return problem(400, 'INVALID', errors[0].message, { errors });
    }
    const { dhcp, hostIds, ...rest } = body;
    const made = network(body.name, body.kind, {
      id: randomUUID(),
      state: 'PENDING',
      ...rest,
      allHosts: !hostIds?.length,
    });
    if (dhcp && body.subnet) Object.assign(made, { dhcpFirst: '192.168.60.2', dhcpLast: '192.168.60.254' });
    state.network.push(made);
    emit('network', made, 'created');
    return json(
      202,
      run('create', made, () => void change('network', made, { state: 'READY' }), 'network'),
    );
  };

  const answer = (method, item, action, body, { version }) => {
    if (action === 'leases') {
      const items = item.name === 'default' ? [LEASE] : [];
      const silent = item.hosts
        .filter((host) => host.state === 'FAILED')
        .map(({ hostId }) => ({ hostId, problem: 'It does not answer.' }));
      return json(200, { items, silent });
    }
    if (method === 'PATCH') {
      if (version !== `"${item.version}"`) return problem(412, 'STALE_VERSION', `${item.name} was changed since.`);
      const { hostIds, ...rest } = body;
      change('network', item, { ...rest, ...(hostIds ? { allHosts: hostIds.length === 0 } : {}) });
      return json(200, item);
    }
    const end = () => {
      state.network.splice(state.network.indexOf(item), 1);
      return void emit('network', item, 'deleted');
    };
    change('network', item, { state: 'DELETING' });
    return json(202, run('delete', item, end, 'network'));
  };

  const vmAnswer = (method, vm, encoded, body) => {
    const mac = decodeURIComponent(encoded ?? '');
    if (method === 'POST') {
      const nic = { mac: '52:54:00:aa:bb:09', model: 'virtio', linkUp: true, ...body };
      const end = () => {
        const networkId = count(body.network, 1)?.id;
        return void change('vm', vm, { nics: [...vm.nics, { ...nic, networkId }] });
      };
      return json(202, run('attach-nic', vm, end));
    }
    const others = vm.nics.filter((nic) => nic.mac !== mac);
    const nic = vm.nics.find((one) => one.mac === mac);
    if (!nic) return problem(404, 'NOT_FOUND', `${vm.name} has no network card ${mac}.`);
    if (method === 'DELETE')
      return json(
        202,
        run('detach-nic', vm, () => void change('vm', vm, { nics: others })),
      );
    const changed = Object.fromEntries(Object.entries({ ...nic, ...body }).filter(([, value]) => value !== null));
    const nics = vm.nics.map((one) => (one.mac === mac ? changed : one));
    return json(
      202,
      run('change-nic', vm, () => void change('vm', vm, { nics })),
    );
  };

  return { create, answer, vmAnswer };
}

const LEASE = {
  hostId: id('host kvm1'),
  mac: '52:54:00:aa:bb:01',
  ip: '192.168.122.47',
  prefix: 24,
  hostName: 'hello',
  expiresAt: ago(-3000),
  vmId: id('vm hello'),
  vmName: 'hello',
};
