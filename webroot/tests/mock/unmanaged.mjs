// Domains that somebody made with libvirt's own tools.
import { randomUUID } from 'node:crypto';
import { GIB, id, vm } from './data.mjs';

const HOST = { hostId: id('host kvm1'), hostName: 'kvm1.example.net' };

export const UNMANAGED = [
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

/** Those of a host, or of all where none is named. */
export function unmanagedAnswer(hostId, control) {
  const { silentHost } = control;
  const silentHosts = silentHost ? [{ ...HOST, reason: 'It does not answer.' }] : [];
  const items = silentHost ? [] : UNMANAGED.filter((vm) => hostId === undefined || vm.hostId === hostId);
  return { items, silentHosts, more: false };
}

/** A domain becomes a VM as it is. */
export function makeAdoption(state, { run, change, emit, now }) {
  return (uuid, body) => {
    const domain = UNMANAGED.find((one) => one.uuid === uuid);
    const made = vm(body.name ?? domain.name, 'UNKNOWN', {
      id: randomUUID(),
      phase: 'CREATING',
      folder: body.folder,
      labels: body.labels ?? {},
      createdAt: now(),
      version: 1,
    });
    state.vm.push(made);
    emit('vm', made, 'created');
    return run('adopt', made, () => change('vm', made, { phase: 'READY', powerState: domain.state }));
  };
}
