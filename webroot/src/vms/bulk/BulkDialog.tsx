import { Alert, Button, List, ListItem, ModalBody, ModalFooter, ModalHeader, Progress } from '@patternfly/react-core';
import { useId, useState, type ReactNode } from 'react';
import type { Availability } from '../../core/actions/action';
import { Dialog } from '../../core/layout/Dialog';
import { countVms, sorted, takeOnAll, type Refusal } from './outcomes';

interface Props<T> {
  label: string;
  danger?: boolean | undefined;
  selected: readonly T[];
  /** What tells them apart, where their names alone do not. */
  nameOf?: (target: T) => string;
  availability: (target: T) => Availability;
  /** Whether enough has been said. */
  ready?: boolean;
  take: (target: T) => Promise<unknown>;
  onClose: () => void;
  /** What is asked of those on which it can be taken. */
  children: (able: readonly T[]) => ReactNode;
}

interface RefusalsProps<T> extends Required<Pick<Props<T>, 'nameOf'>> {
  title: string;
  refusals: readonly Refusal<T>[];
}

function Refusals<T>({ title, refusals, nameOf }: RefusalsProps<T>) {
  return (
    <Alert component="p" variant="warning" isInline isLiveRegion title={title} className="lqx-gap-below">
      <List isPlain className="lqx-choices">
        {refusals.map(({ target, reason }) => (
          <ListItem key={nameOf(target)} className="lqx-break">
            {nameOf(target)}: {reason}
          </ListItem>
        ))}
      </List>
    </Alert>
  );
}

/** Takes one action on all VMs of a selection that it can be taken on; those that refuse are named and can be asked again. */
export function BulkDialog<T extends { name: string }>({
  label,
  danger,
  selected,
  nameOf = ({ name }) => name,
  availability,
  ready = true,
  take,
  onClose,
  children,
}: Props<T>) {
  const id = useId();
  // As they were when the dialog was opened: what is asked for does not change under the pointer.
  const [{ able: first, refused }] = useState(() => sorted(availability, selected));
  const [able, setAble] = useState(first);
  const [done, setDone] = useState<number>();
  const [failed, setFailed] = useState<readonly Refusal<T>[]>();
  const run = async (): Promise<void> => {
    setDone(0);
    const refusals = await takeOnAll(take, able, setDone);
    setDone(undefined);
    setFailed(refusals);
    setAble(refusals.map(({ target }) => target));
    if (refusals.length === 0) onClose();
  };
  const busy = done !== undefined;
  return (
    <Dialog variant="medium" aria-labelledby={id} {...(busy ? {} : { onClose })}>
      <ModalHeader
        title={`${label}: ${countVms(first.length)}`}
        labelId={id}
        {...(danger ? { titleIconVariant: 'warning' as const } : {})}
      />
      <ModalBody>
        {refused.length > 0 && (
          <Refusals
            title={`Left as ${refused.length === 1 ? 'it is' : 'they are'}: ${countVms(refused.length)}`}
            refusals={refused}
            nameOf={nameOf}
          />
        )}
        {failed && !busy && (
          <Refusals title={`${countVms(failed.length)} of ${first.length} refused`} refusals={failed} nameOf={nameOf} />
        )}
        {children(able)}
        {busy && <Progress value={done} max={able.length} title="Asked" measureLocation="outside" size="sm" />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant={danger ? 'danger' : 'primary'}
          isLoading={busy}
          isDisabled={busy || !ready || able.length === 0}
          onClick={() => void run()}
        >
          {failed ? 'Try again' : label}
        </Button>
        <Button variant="link" isDisabled={busy} onClick={onClose}>
          {failed ? 'Close' : 'Cancel'}
        </Button>
      </ModalFooter>
    </Dialog>
  );
}
