import { useState, type ReactNode } from 'react';
import { messageOf } from '../api/problem';
import { useToast } from '../notify/toasts';
import type { Action } from './action';
import { ConfirmModal } from './ConfirmModal';

interface Runner<T> {
  busy: boolean;
  start: (action: Action<T>) => void;
  /** The open dialog, if any: put it where it survives the menu. */
  dialog: ReactNode;
}

/** Runs actions on a target: asks where the action wants it, says what failed. */
export function useActionRunner<T>(target: T): Runner<T> {
  const [open, setOpen] = useState<Action<T>>();
  const [busy, setBusy] = useState(false);
  const toast = useToast();

  const run = async (action: Action<T>): Promise<void> => {
    await action.run?.(target);
    const done = action.doneMessage?.(target);
    if (done) toast({ variant: 'success', title: done });
  };
  const runAtOnce = async (action: Action<T>): Promise<void> => {
    setBusy(true);
    try {
      await run(action);
    } catch (error) {
      toast({ variant: 'danger', title: `${action.label} failed`, body: messageOf(error) });
    } finally {
      setBusy(false);
    }
  };
  const start = (action: Action<T>): void => {
    if (action.dialog ?? action.confirm) setOpen(action);
    else void runAtOnce(action);
  };

  const close = (): void => setOpen(undefined);
  let dialog: ReactNode = null;
  if (open?.dialog) {
    const Dialog = open.dialog;
    dialog = <Dialog target={target} onClose={close} />;
  } else if (open?.confirm) {
    const asked = open.confirm(target);
    dialog = <ConfirmModal {...asked} danger={open.danger ?? false} onConfirm={() => run(open)} onClose={close} />;
  }
  return { busy, start, dialog };
}
