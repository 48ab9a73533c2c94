import { Alert, Button, List, ListItem, ModalBody, ModalFooter, ModalHeader, Progress } from '@patternfly/react-core';
import { useId, useState, type ReactNode } from 'react';
import type { Availability } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { Dialog } from '../../core/layout/Dialog';
import { countVms, sorted, takeOnAll, type Refusal } from './outcomes';

interface Props {
  label: string;
  danger?: boolean | undefined;
  selected: readonly Vm[];
  availability: (vm: Vm) => Availability;
  /** Whether enough has been said. */
  ready?: boolean;
  take: (vm: Vm) => Promise<unknown>;
  onClose: () => void;
  /** What is asked of those on which it can be taken. */
  children: (able: readonly Vm[]) => ReactNode;
}

function Refusals({ title, refusals }: { title: string; refusals: readonly Refusal[] }) {
  return (
    <Alert component="p" variant="warning" isInline isLiveRegion title={title} className="lqx-gap-below">
      <List isPlain className="lqx-choices">
        {refusals.map(({ vm, reason }) => (
          <ListItem key={vm.id} className="lqx-break">
            {vm.name}: {reason}
          </ListItem>
        ))}
      </List>
    </Alert>
  );
}

/** Takes one action on all VMs of a selection that it can be taken on; those that refuse are named and can be asked again. */
export function BulkDialog({ label, danger, selected, availability, ready = true, take, onClose, children }: Props) {
  const id = useId();
  // As they were when the dialog was opened: what is asked for does not change under the pointer.
  const [{ able: first, refused }] = useState(() => sorted(availability, selected));
  const [able, setAble] = useState(first);
  const [done, setDone] = useState<number>();
  const [failed, setFailed] = useState<readonly Refusal[]>();
  const run = async (): Promise<void> => {
    setDone(0);
    const refusals = await takeOnAll(take, able, setDone);
    setDone(undefined);
    setFailed(refusals);
    setAble(refusals.map(({ vm }) => vm));
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
          />
        )}
        {failed && !busy && (
          <Refusals title={`${countVms(failed.length)} of ${first.length} refused`} refusals={failed} />
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
