import { Alert } from '@patternfly/react-core';
import type { VmSnapshotList } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';

/** Of a disk, from which on a guest notices what it costs to read through them. */
const MANY_FILES = 30;
const MOST_FILES = 64;
const MOST_SNAPSHOTS = 60;

/** What the snapshots of a VM cost: space, and time of its guest. */
export function SnapshotCosts({ items, usedBytes, chainLength }: VmSnapshotList) {
  const files = chainLength ?? 0;
  return (
    <>
      {files >= MANY_FILES && (
        <Alert
          component="p"
          variant="warning"
          isInline
          className="lqx-gap-below"
          title={`The disks of this VM are read through up to ${files} files, one on top of the other`}
        >
          Each snapshot adds one, and each makes the guest’s disks slower. At {MOST_FILES} files, or {MOST_SNAPSHOTS}{' '}
          snapshots, no more can be taken. Delete those that nobody needs.
        </Alert>
      )}
      {items.length > 0 && (
        <p className="lqx-subtle">
          {items.length} of at most {MOST_SNAPSHOTS} snapshots
          {usedBytes !== undefined && `, ${formatBytes(usedBytes)} on the storage`}
          {items.some((one) => one.usedBytes === undefined && one.state === 'READY') &&
            '. What all of them take is not known: the host does not answer, or the pool cannot tell'}
        </p>
      )}
    </>
  );
}
