import { Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core';
import { useId, type ReactNode } from 'react';
import { Link } from 'react-router';

interface Props {
  title: string;
  /** Where there is more of it. */
  more?: { label: string; to: string };
  children: ReactNode;
}

export function DashboardCard({ title, more, children }: Props) {
  const id = useId();
  return (
    <Card isFullHeight component="section" aria-labelledby={id}>
      <CardHeader
        {...(more ? { actions: { hasNoOffset: true, actions: <Link to={more.to}>{more.label}</Link> } } : {})}
      >
        <CardTitle component="h2" id={id}>
          {title}
        </CardTitle>
      </CardHeader>
      <CardBody>{children}</CardBody>
    </Card>
  );
}
