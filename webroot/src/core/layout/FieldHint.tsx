import { FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface Props {
  id: string;
  error?: string | undefined;
  warning?: string | undefined;
  /** Shown while nothing is wrong. */
  children?: ReactNode;
}

/** The line below a form field: what is wrong with it, or how to fill it in. */
export function FieldHint({ id, error, warning, children }: Props) {
  const text = error ?? warning ?? children;
  if (!text) return null;
  const variant = error ? 'error' : warning ? 'warning' : 'default';
  return (
    <FormHelperText>
      <HelperText id={id} aria-live="polite">
        <HelperTextItem variant={variant}>{text}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
}
