import { AVAILABLE, unavailable, type Action } from '../core/actions/action';
import { api, once, unwrap } from '../core/api/client';
import type { Network } from '../core/api/types';
import { EditNetworkModal } from './EditNetworkModal';

const editNetwork: Action<Network> = {
  id: 'edit',
  label: 'Edit',
  availability: ({ state }) => (state === 'DELETING' ? unavailable('It is being deleted.') : AVAILABLE),
  dialog: EditNetworkModal,
};

const deleteNetwork: Action<Network> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  availability: ({ nicCount, state }) => {
    if (state === 'DELETING') return unavailable('It is being deleted.');
    return nicCount > 0 ? unavailable(`${nicCount} network cards of VMs are on it.`) : AVAILABLE;
  },
  confirm: ({ name, kind }) => ({
    title: `Delete the network ${name}?`,
    body:
      kind === 'HOST'
        ? 'LimiQuantix no longer uses it. The hosts keep their libvirt network.'
        : 'Its hosts remove what they made for it.',
    confirmLabel: 'Delete',
  }),
  run: ({ id }) => unwrap(api.DELETE('/networks/{networkId}', { params: { path: { networkId: id }, header: once() } })),
};

export const networkActions: readonly Action<Network>[] = [editNetwork, deleteNetwork];
