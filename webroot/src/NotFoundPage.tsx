import { LinkButton } from './core/layout/LinkButton';
import { NothingYet } from './core/layout/NothingYet';
import { Page } from './core/layout/Page';

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <NothingYet title="There is no such page" action={<LinkButton to="/">Go to the dashboard</LinkButton>} />
    </Page>
  );
}
