import type { ReactNode } from 'react';
import type { TaskAccepted } from '../api/types';

/** Whether an action can be taken now and, where not, why not: shown to the user. */
export type Availability = { available: true } | { available: false; reason: string };

export const AVAILABLE: Availability = { available: true };

export function unavailable(reason: string): Availability {
  return { available: false, reason };
}

export interface Confirmation {
  title: string;
  body: ReactNode;
  confirmLabel: string;
  /** Where "Cancel" could be mistaken for what is asked. */
  dismissLabel?: string;
}

export interface ActionDialogProps<T> {
  target: T;
  onClose: () => void;
}

/** One thing that a user can do to a target; every menu, toolbar and button reads it from here. */
export interface Action<T> {
  id: string;
  label: string;
  danger?: boolean;
  availability: (target: T) => Availability;
  /** Asked before `run`. */
  confirm?: (target: T) => Confirmation;
  /** Takes the place of `confirm` and `run` where there is more to ask. */
  dialog?: (props: ActionDialogProps<T>) => ReactNode;
  /** Where what is asked for is fetched: the button is a link, too, and `run` does what following it does. */
  href?: (target: T) => string;
  run?: (target: T) => Promise<TaskAccepted | undefined>;
  /** Said once `run` is done and no task reports the end. */
  doneMessage?: (target: T) => string;
}
