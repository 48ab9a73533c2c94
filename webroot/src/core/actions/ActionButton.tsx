import { Button, Tooltip, type ButtonProps } from '@patternfly/react-core';
import type { SyntheticEvent } from 'react';
import type { Action } from './action';
import { useActionRunner } from './useActionRunner';

interface Props<T> {
  target: T;
  action: Action<T>;
  variant?: ButtonProps['variant'];
}

/** One action as a button; a disabled one can be focused and says why. */
export function ActionButton<T>({ target, action, variant = 'secondary' }: Props<T>) {
  const { busy, start, dialog } = useActionRunner(target);
  const state = action.availability(target);
  const link = state.available && action.href ? ({ component: 'a', href: action.href(target) } as const) : {};
  const onClick = (event: SyntheticEvent): void => {
    event.preventDefault();
    start(action);
  };
  const button = (
    <Button
      variant={variant}
      isLoading={busy}
      isDisabled={busy}
      isAriaDisabled={!state.available}
      {...link}
      onClick={onClick}
    >
      {action.label}
    </Button>
  );
  return (
    <>
      {state.available ? button : <Tooltip content={state.reason}>{button}</Tooltip>}
      {dialog}
    </>
  );
}
