import { Button, Tooltip, type ButtonProps } from '@patternfly/react-core';
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
  const button = (
    <Button
      variant={variant}
      isLoading={busy}
      isDisabled={busy}
      isAriaDisabled={!state.available}
      onClick={() => start(action)}
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
