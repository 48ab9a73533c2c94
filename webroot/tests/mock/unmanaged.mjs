// Domains that somebody made with libvirt's own tools.
import { GIB, id, vm } from './data.mjs';

const HOST = { hostId: id('host kvm1'), hostName: 'kvm1.example.net' };

const UNMANAGED = [
  {
    ...HOST,
    uuid: id('domain old-mail'),
    name: 'old-mail',
    state: 'RUNNING',
    vcpus: 2,
    memoryBytes: 2 * GIB,
    firmware: 'bios',
    persistent: true,
    disks: [
      {
        target: 'vda',
        device: 'disk',
        kind: 'file',
        source: '/var/lib/libvirt/images/old-mail.qcow2',
        format: 'qcow2',
        sizeBytes: 20 * GIB,
        bus: 'virtio',
      },
      { target: 'sda', device: 'cdrom', kind: 'file', bus: 'sata' },
    ],
    nics: [{ mac: '52:54:00:11:22:33', kind: 'bridge', source: 'br0', model: 'virtio' }],
    reasons: [
      'Its disk vda lies in none of the pools of this host: /var/lib/libvirt/images/old-mail.qcow2.',
      'Its network card 52:54:00:11:22:33 is on a bridge (br0) and not on a network of libvirt.',
    ],
  },
  {
    ...HOST,
    uuid: id('domain plain'),
    name: 'plain',
    state: 'STOPPED',
    vcpus: 1,
    memoryBytes: GIB,
    firmware: 'uefi',
    persistent: true,
    disks: [],
    nics: [],
    reasons: [],
  },
];

/** One that nothing stands in the way of. */
const plain = (name, more = {}) => ({
  ...HOST,
  uuid: id(`domain ${name} ${more.hostName ?? ''}`),
  name,
  state: 'RUNNING',
  vcpus: 2,
  memoryBytes: 4 * GIB,
  firmware: 'bios',
  persistent: true,
  disks: [
    {
      target: 'vda',
      device: 'disk',
      kind: 'file',
      source: `/srv/${name}.qcow2`,
      format: 'qcow2',
      sizeBytes: 20 * GIB,
      bus: 'virtio',
      poolId: id('pool local'),
    },
  ],
  nics: [],
  reasons: [],
  ...more,
});

/** More of them, two with one name and one with a name that a VM has. */
export const MORE_UNMANAGED = [
  plain('crm'),
  plain('crm', { hostId: id('host kvm3'), hostName: 'kvm3.example.net', state: 'STOPPED' }),
  plain('my wiki'),
  plain('web-1'),
];

const domainsOf = (state, control) => (state.domains ??= [...UNMANAGED, ...(control.moreDomains ?? [])]);

/** What the control plane knows stands in the way. */
function withOurReasons(domain, { vm: vms }) {
  const sameId = vms.find((one) => one.id === domain.uuid);
  if (sameId) return { ...domain, reasons: [`It is being adopted as the virtual machine ${sameId.name}.`] };
  if (!vms.some(({ name }) => name.toLowerCase() === domain.name.toLowerCase())) return domain;
  const taken = `A virtual machine called "${domain.name}" exists already: rename one of the two first.`;
  return { ...domain, reasons: [...domain.reasons, taken] };
}

/** Those of a host, or of all where none is named. */
export function unmanagedAnswer(hostId, state, control) {
  const { silentHost } = control;
  const silentHosts = silentHost ? [{ ...HOST, reason: 'It does not answer.' }] : [];
  const all = domainsOf(state, control).map((domain) => withOurReasons(domain, state));
  const items = silentHost ? [] : all.filter((vm) => hostId === undefined || vm.hostId === hostId);
  return { items, silentHosts, more: false };
}

/** A domain becomes a VM as it is, or stays what it is where a test has its task fail. */
export function makeAdoption(state, { run, change, emit, now }, control) {
  return (uuid, body) => {
    const domain = domainsOf(state, control).find((one) => one.uuid === uuid);
    const made = vm(body.name ?? domain.name, 'UNKNOWN', {
      id: uuid,
      phase: 'CREATING',
      folder: body.folder,
      labels: body.labels ?? {},
      createdAt: now(),
      version: 1,
    });
    state.vm.push(made);
    emit('vm', made, 'created');
    return run('adopt', made, () => {
      const failure = control.failAdoption?.(domain);
      if (failure) {
        state.vm.splice(state.vm.indexOf(made), 1);
        emit('vm', made, 'deleted');
        return failure;
      }
      state.domains = state.domains.filter((one) => one !== domain);
      change('vm', made, { phase: 'READY', powerState: domain.state });
    });
  };
}
