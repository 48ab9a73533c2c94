import { Breadcrumb, BreadcrumbItem, Flex, FlexItem, PageSection, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useTitle } from './useTitle';

interface Props {
  title: string;
  /** Where the page belongs: the list it comes from. */
  parent?: { label: string; to: string };
  /** Beside the title: state and facts. */
  beside?: ReactNode;
  actions?: ReactNode;
  /** Fills the height that is left, for consoles. */
  fill?: boolean;
  children: ReactNode;
}

export function Page({ title, parent, beside, actions, fill = false, children }: Props) {
  useTitle(title);
  return (
    <>
      <PageSection>
        {parent && (
          <Breadcrumb className="lqx-gap-below">
            <BreadcrumbItem
              render={({ className }) => (
                <Link to={parent.to} className={className}>
                  {parent.label}
                </Link>
              )}
            />
            <BreadcrumbItem isActive>
              <span className="lqx-truncate lqx-crumb" title={title}>
                {title}
              </span>
            </BreadcrumbItem>
          </Breadcrumb>
        )}
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsCenter' }}>
          <Flex alignItems={{ default: 'alignItemsCenter' }} className="lqx-title-row">
            <Title headingLevel="h1" className="lqx-truncate" title={title}>
              {title}
            </Title>
            {beside}
          </Flex>
          {actions && <FlexItem>{actions}</FlexItem>}
        </Flex>
      </PageSection>
      <PageSection isFilled className={fill ? 'lqx-fill' : ''}>
        {children}
      </PageSection>
    </>
  );
}
