import { Button, type ButtonProps } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface Props {
  to: string;
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
  children: ReactNode;
}

/** A link that looks like a button. */
export function LinkButton({ to, variant = 'primary', size = 'default', children }: Props) {
  return (
    <Button variant={variant} size={size} component={(props: object) => <Link {...props} to={to} />}>
      {children}
    </Button>
  );
}
