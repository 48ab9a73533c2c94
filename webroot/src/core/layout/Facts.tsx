import {
  Card,
  CardBody,
  CardHeader,
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
  /** Beside the title. */
  actions?: ReactNode;
  /** Of the title. */
  headingLevel?: 'h2' | 'h3';
  children?: ReactNode;
}

/** A card of terms and their values. */
export function Facts({ title, facts, actions, headingLevel = 'h2', children }: Props) {
  return (
    <Card isFullHeight>
      <CardHeader {...(actions ? { actions: { actions } } : {})}>
        <CardTitle component={headingLevel}>{title}</CardTitle>
      </CardHeader>
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
