import {
  Card,
  CardBody,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';

export interface Fact {
  term: string;
  value: ReactNode;
}

interface Props {
  title: string;
  facts: readonly Fact[];
  children?: ReactNode;
}

/** A card of terms and their values. */
export function Facts({ title, facts, children }: Props) {
  return (
    <Card isFullHeight>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <DescriptionList isHorizontal isCompact horizontalTermWidthModifier={{ default: '9rem' }}>
          {facts.map(({ term, value }) => (
            <DescriptionListGroup key={term}>
              <DescriptionListTerm>{term}</DescriptionListTerm>
              <DescriptionListDescription className="lqx-break">{value ?? '–'}</DescriptionListDescription>
            </DescriptionListGroup>
          ))}
        </DescriptionList>
        {children}
      </CardBody>
    </Card>
  );
}
