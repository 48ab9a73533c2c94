import {
  Button,
  Card,
  CardBody,
  CardTitle,
  Flex,
  FlexItem,
  Progress,
  type ProgressProps,
} from '@patternfly/react-core';
import { useEffect, useSyncExternalStore } from 'react';
import { formatBytes } from '../../core/format/bytes';
import { isUnderWay, transfers, type Transfer } from './transfers';

const VARIANTS: Record<Transfer['state'], ProgressProps['variant']> = {
  waiting: undefined,
  sending: undefined,
  sent: 'success',
  failed: 'danger',
  cancelled: 'warning',
};

function describe(transfer: Transfer): string {
  switch (transfer.state) {
    case 'waiting':
      return 'Waiting: two uploads go on at a time.';
    case 'sending':
      return `${formatBytes(transfer.sentBytes)} of ${formatBytes(transfer.totalBytes)}`;
    case 'sent':
      return 'Sent; it is being checked.';
    case 'failed':
      return transfer.failure ?? 'Failed.';
    case 'cancelled':
      return 'Cancelled.';
  }
}

function TransferRow({ transfer }: { transfer: Transfer }) {
  const { id, name, sentBytes, totalBytes, state } = transfer;
  const underWay = isUnderWay(transfer);
  return (
    <Flex alignItems={{ default: 'alignItemsCenter' }} flexWrap={{ default: 'nowrap' }}>
      <FlexItem grow={{ default: 'grow' }} className="lqx-shrink">
        <Progress
          title={name}
          aria-label={`Upload of ${name}`}
          size="sm"
          value={totalBytes === 0 ? 0 : Math.floor((sentBytes / totalBytes) * 100)}
          variant={VARIANTS[state]}
          helperText={describe(transfer)}
        />
      </FlexItem>
      <FlexItem>
        <Button
          variant="link"
          aria-label={`${underWay ? 'Cancel' : 'Dismiss'} the upload of ${name}`}
          onClick={() => (underWay ? transfer.cancel() : transfers.dismiss(id))}
        >
          {underWay ? 'Cancel' : 'Dismiss'}
        </Button>
      </FlexItem>
    </Flex>
  );
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
  if (all.length === 0) return null;
  return (
    <Card isCompact component="section" aria-label="Uploads" className="lqx-transfers">
      <CardTitle component="h2">Uploads</CardTitle>
      <CardBody>
        {all.map((transfer) => (
          <TransferRow key={transfer.id} transfer={transfer} />
        ))}
      </CardBody>
    </Card>
  );
}
