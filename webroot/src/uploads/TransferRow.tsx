import { Button, Flex, FlexItem, Progress } from '@patternfly/react-core';
import { useState } from 'react';
import { ActionButton } from '../core/actions/ActionButton';
import type { Task } from '../core/api/types';
import { isUnderWay, type Transfer } from '../core/upload/transfers';
import { cancelTask } from '../tasks/actions/cancel';
import { isActive } from '../tasks/tasks';
import { percentOf, shown } from './transferState';

interface Props {
  transfer: Transfer;
  /** What checks the bytes that were sent, as far as it is known. */
  task: Task | undefined;
  now: number;
  onDismiss: () => void;
}

/** One upload: how far it is, what became of it, and what can be done about that. */
export function TransferRow({ transfer, task, now, onDismiss }: Props) {
  const [again, setAgain] = useState(false);
  const { name, again: Again } = transfer;
  const { text, variant } = shown(transfer, task, now);
  const checking = transfer.state === 'sent' && task !== undefined && isActive(task);
  const failed = !isUnderWay(transfer) && (variant === 'danger' || variant === 'warning');
  return (
    <Flex
      alignItems={{ default: 'alignItemsCenter' }}
      flexWrap={{ default: 'nowrap' }}
      role="group"
      aria-label={`The upload of ${name}`}
    >
      <FlexItem grow={{ default: 'grow' }} className="lqx-shrink">
        <Progress
          title={name}
          isTitleTruncated
          aria-label={`Upload of ${name}`}
          size="sm"
          value={percentOf(transfer)}
          variant={variant}
          helperText={<span className="lqx-break">{text}</span>}
        />
      </FlexItem>
      <FlexItem className="lqx-transfer-actions">
        {failed && Again && (
          <Button variant="link" aria-label={`Try again: the upload of ${name}`} onClick={() => setAgain(true)}>
            Try again
          </Button>
        )}
        {isUnderWay(transfer) && (
          <Button variant="link" aria-label={`Cancel the upload of ${name}`} onClick={transfer.cancel}>
            Cancel
          </Button>
        )}
        {checking && <ActionButton target={task} action={cancelTask} variant="link" />}
        {!isUnderWay(transfer) && !checking && (
          <Button variant="link" aria-label={`Dismiss the upload of ${name}`} onClick={onDismiss}>
            Dismiss
          </Button>
        )}
      </FlexItem>
      {again && Again && <Again onClose={() => setAgain(false)} />}
    </Flex>
  );
}
