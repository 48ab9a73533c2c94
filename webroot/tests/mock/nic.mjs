/** The network card of VMs where nothing else is said. */
export const DEFAULT_NIC = { network: 'default', mac: '52:54:00:aa:bb:01', model: 'virtio', linkUp: true };
