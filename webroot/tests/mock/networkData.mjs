// Made-up networks.
import { ago, id } from './data.mjs';

/** A network that all hosts have, unless more is said. */
export const network = (name, kind, more = {}) => ({
  id: id(`network ${name}`),
  name,
  description: '',
  kind,
  spoofProtection: true,
  allHosts: true,
  state: 'READY',
  hosts: [{ hostId: id('host kvm1'), hostName: 'kvm1.example.net', state: 'READY', since: ago(9000) }],
  nicCount: 0,
  createdAt: ago(900000),
  version: 1,
  ...more,
});

export const networks = () => [
  network('default', 'HOST', { hostNetwork: 'default', nicCount: 6 }),
  network('office', 'NAT', { subnet: '192.168.50.0/24', dhcpFirst: '192.168.50.2', dhcpLast: '192.168.50.254' }),
  network('lan', 'BRIDGE', {
    bridge: 'br0',
    vlanId: 7,
    state: 'DEGRADED',
    description: 'Where the printers are',
    hosts: [
      { hostId: id('host kvm1'), hostName: 'kvm1.example.net', state: 'READY', since: ago(9000) },
      {
        hostId: id('host kvm2'),
        hostName: 'kvm2.example.net',
        state: 'FAILED',
        problem: 'The host has no bridge br0.',
        since: ago(300),
      },
    ],
  }),
  network('lost', 'BRIDGE', {
    bridge: 'br9',
    state: 'FAILED',
    hosts: [
      {
        hostId: id('host kvm1'),
        hostName: 'kvm1.example.net',
        state: 'FAILED',
        problem: 'The host has no bridge br9.',
        since: ago(300),
      },
    ],
  }),
];
