import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { BulkDialog } from './BulkDialog';
import { namesOf } from './outcomes';

interface Props {
  action: Action<Vm>;
  selected: readonly Vm[];
  onClose: () => void;
}

/** An action of which no more has to be said, on all VMs of a selection. */
export function BulkModal({ action, selected, onClose }: Props) {
  return (
    <BulkDialog
      label={action.label}
      danger={action.danger}
      selected={selected}
      availability={action.availability}
      take={async (vm) => action.run?.(vm)}
      onClose={onClose}
    >
      {(able) => (
        <>
          {action.danger && (
            <p className="lqx-gap-below">
              They stop at once, like pulling the plug. What their guests have not written is lost.
            </p>
          )}
          <p className="lqx-break lqx-choices">{namesOf(able)}</p>
        </>
      )}
    </BulkDialog>
  );
}
