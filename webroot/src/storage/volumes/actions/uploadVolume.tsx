import { AVAILABLE, unavailable, type Action } from '../../../core/actions/action';
import type { Pool } from '../../../core/api/types';
import { takesNothing } from '../../pools/poolState';
import { emptyForm } from '../upload/uploadForm';
import { UploadVolumeModal } from '../upload/UploadVolumeModal';

const firstThatTakes = (pools: readonly Pool[]): Pool | undefined =>
  pools.find((pool) => takesNothing(pool) === undefined);

function whyNone(pools: readonly Pool[]): string {
  const [only] = pools;
  if (pools.length === 1 && only)
    return only.maintenance ? 'The pool is in maintenance.' : 'The pool cannot be used now.';
  return 'Every pool is in maintenance or cannot be used now.';
}

/** Of the pools that the page is about. */
export const uploadVolume: Action<readonly Pool[]> = {
  id: 'upload-volume',
  label: 'Upload volume',
  availability: (pools) => (firstThatTakes(pools) ? AVAILABLE : unavailable(whyNone(pools))),
  dialog: ({ target, onClose }) => (
    <UploadVolumeModal initial={emptyForm(firstThatTakes(target)?.id ?? '')} onClose={onClose} />
  ),
};
