import { Alert, Button, List, ListItem, ModalBody, ModalFooter, ModalHeader, Progress } from '@patternfly/react-core';
import { useId, useState } from 'react';
import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { Dialog } from '../../core/layout/Dialog';
import { sorted, takeOnAll, type Refusal } from './outcomes';

interface Props {
  action: Action<Vm>;
  selected: readonly Vm[];
  onClose: () => void;
}

const count = (number: number): string => (number === 1 ? '1 VM' : `${number} VMs`);

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

/** Takes one action on all VMs of a selection that it can be taken on, and says what became of each that it was not. */
export function BulkModal({ action, selected, onClose }: Props) {
  const id = useId();
  // As they were when the dialog was opened: what is asked for does not change under the pointer.
  const [{ able, refused }] = useState(() => sorted(action, selected));
  const [done, setDone] = useState<number>();
  const [failed, setFailed] = useState<readonly Refusal[]>();
  const take = async (): Promise<void> => {
    setDone(0);
    const refusals = await takeOnAll(action, able, setDone);
    if (refusals.length === 0) onClose();
    else setFailed(refusals);
  };
  const busy = done !== undefined && !failed;
  return (
    <Dialog variant="medium" aria-labelledby={id} {...(busy ? {} : { onClose })}>
      <ModalHeader
        title={`${action.label}: ${count(able.length)}`}
        labelId={id}
        {...(action.danger ? { titleIconVariant: 'warning' as const } : {})}
      />
      <ModalBody>
        {refused.length > 0 && (
          <Refusals
            title={`Left as ${refused.length === 1 ? 'it is' : 'they are'}: ${count(refused.length)}`}
            refusals={refused}
          />
        )}
        {failed && <Refusals title={`${count(failed.length)} refused`} refusals={failed} />}
        {action.danger && !failed && (
          <p className="lqx-gap-below">
            They stop at once, like pulling the plug. What their guests have not written is lost.
          </p>
        )}
        <p className="lqx-break">{able.map(({ name }) => name).join(', ')}</p>
        {busy && <Progress value={done} max={able.length} title="Asked" measureLocation="outside" size="sm" />}
      </ModalBody>
      <ModalFooter>
        {!failed && (
          <Button
            variant={action.danger ? 'danger' : 'primary'}
            isLoading={busy}
            isDisabled={busy || able.length === 0}
            onClick={() => void take()}
          >
            {action.label}
          </Button>
        )}
        <Button variant="link" isDisabled={busy} onClick={onClose}>
          {failed ? 'Close' : 'Cancel'}
        </Button>
      </ModalFooter>
    </Dialog>
  );
}
