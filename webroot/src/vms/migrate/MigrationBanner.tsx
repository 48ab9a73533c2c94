import { Alert } from '@patternfly/react-core';
import { ActionButton } from '../../core/actions/ActionButton';
import type { Vm } from '../../core/api/types';
import { useList } from '../../core/live/collection';
import { cancelTask } from '../../tasks/actions/cancel';
import { TaskProgress } from '../../tasks/TaskProgress';
import { isActive, tasks } from '../../tasks/tasks';

const TITLES: Readonly<Record<string, string>> = {
  'vm.migrate': 'It is being migrated, and goes on running meanwhile',
  'vm.move-disks': 'Its disks are being moved to another pool',
};

/** Says on the page of a VM that it is being moved, and how far that is. */
export function MigrationBanner({ vm }: { vm: Vm }) {
  const task = (useList(tasks).data ?? []).find((one) => one.kind in TITLES && one.targetId === vm.id && isActive(one));
  if (!task) return null;
  return (
    <Alert
      component="p"
      variant="info"
      isInline
      className="lqx-gap-below"
      title={TITLES[task.kind]}
      actionLinks={<ActionButton target={task} action={cancelTask} variant="link" />}
    >
      <TaskProgress task={task} of="the move" />
    </Alert>
  );
}
