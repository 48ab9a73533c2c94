import { Alert } from '@patternfly/react-core';
import { ActionButton } from '../../core/actions/ActionButton';
import type { Vm } from '../../core/api/types';
import { findSnapshots } from './findSnapshots';

/** What the disks of a VM have of snapshots beside those that are listed; nothing while that is none. */
export function UnknownSnapshots({ vm, count = 0 }: { vm: Vm; count?: number | undefined }) {
  if (count === 0) return null;
  return (
    <Alert
      component="p"
      variant="warning"
      isInline
      className="lqx-gap-below"
      title={`The disks have ${count} ${count === 1 ? 'snapshot that is' : 'snapshots that are'} not in this list`}
      actionLinks={<ActionButton target={vm} action={findSnapshots} />}
    >
      The database may have been put back from a backup that was made before them. They can be put into the list again,
      named by their time; nothing is changed on the disks.
    </Alert>
  );
}
