import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useEffect, useSyncExternalStore } from 'react';
import { messageOf } from '../core/api/problem';
import { useNow } from '../core/layout/useNow';
import { useList } from '../core/live/collection';
import { useToast } from '../core/notify/toasts';
import { isUnderWay, transfers, type Transfer } from '../core/upload/transfers';
import { tasks } from '../tasks/tasks';
import { TransferRow } from './TransferRow';
import { UnfinishedRow } from './unfinished/UnfinishedRow';
import { useUnfinished } from './unfinished/useUnfinished';

const LOOK_MS = 1000;

function Rows({ all }: { all: readonly Transfer[] }) {
  const toast = useToast();
  const now = useNow(all.some((transfer) => transfer.state === 'sending') ? LOOK_MS : undefined);
  const known = new Map((useList(tasks).data ?? []).map((task) => [task.id, task]));
  const dismiss = ({ id, name }: Transfer): void => {
    transfers
      .dismiss(id)
      .catch((error: unknown) =>
        toast({ variant: 'warning', title: `What arrived of ${name} stays for now`, body: messageOf(error) }),
      );
  };
  return all.map((transfer) => (
    <TransferRow
      key={transfer.id}
      transfer={transfer}
      task={transfer.taskId === undefined ? undefined : known.get(transfer.taskId)}
      now={now}
      onDismiss={() => dismiss(transfer)}
    />
  ));
}

/** The uploads under way; lies over every page until they are dismissed. */
export function TransfersArea() {
  const all = useSyncExternalStore(transfers.subscribe, transfers.get);
  const underWay = all.some(isUnderWay);
  useEffect(() => {
    if (!underWay) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [underWay]);
  const unfinished = useUnfinished(all);
  if (all.length === 0 && unfinished.length === 0) return null;
  return (
    <Card isCompact component="section" aria-label="Uploads" className="lqx-transfers">
      <CardTitle component="h2">Uploads</CardTitle>
      <CardBody className="lqx-stack">
        <Rows all={all} />
        {unfinished.map((image) => (
          <UnfinishedRow key={image.id} image={image} />
        ))}
      </CardBody>
    </Card>
  );
}
