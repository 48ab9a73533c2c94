import { unavailable, type Action } from '../../../core/actions/action';
import { api, once, unwrap } from '../../../core/api/client';
import { isLinked, type VolumeRow } from '../volumeState';
import { whenReady } from './whenReady';

export const makeIndependent: Action<VolumeRow> = {
  id: 'make-independent',
  label: 'Make independent',
  availability: (row) => (isLinked(row) ? whenReady(row) : unavailable('It shares blocks with nothing.')),
  confirm: ({ volume }) => ({
    title: `Make ${volume.name} independent?`,
    body: 'All that it shares with its origin is copied, which takes time and space. Then the origin can be deleted.',
    confirmLabel: 'Make independent',
  }),
  run: ({ volume }) =>
    unwrap(
      api.POST('/volumes/{volumeId}/make-independent', {
        params: { path: { volumeId: volume.id }, header: once() },
      }),
    ),
};
