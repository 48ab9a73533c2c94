import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { CloneIcon } from '@patternfly/react-icons';
import { Table, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { LinkButton } from '../core/layout/LinkButton';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { Pager } from '../core/layout/Pager';
import { QueryState } from '../core/layout/QueryState';
import { SearchBar } from '../core/layout/SearchBar';
import { useCursors } from '../core/layout/useCursors';
import { useSettled } from '../core/layout/useSettled';
import { useList } from '../core/live/collection';
import { usePage } from '../core/live/pages';
import { images } from '../images/images';
import { systemOf } from '../images/system/system';
import { FamilyRow, HEADERS } from './FamilyRow';
import { familyPages, type Family } from './templates';

function useSystems(): (imageId: string | undefined) => string | undefined {
  const list = useList(images).data ?? [];
  return (imageId) => {
    const image = list.find(({ id }) => id === imageId);
    return image && systemOf(image);
  };
}

function FamilyTable({ families }: { families: readonly Family[] }) {
  const systemOfImage = useSystems();
  if (families.length === 0) {
    return (
      <EmptyState variant="sm" headingLevel="h3" titleText="Nothing matches">
        <EmptyStateBody>Change or clear the filter.</EmptyStateBody>
      </EmptyState>
    );
  }
  return (
    <Table aria-label="Templates" variant="compact" className="lqx-table">
      <Thead>
        <Tr>
          <Th screenReaderText="Versions" className="lqx-narrow" />
          {HEADERS.map(({ label, width }) => (
            <Th key={label} width={width} modifier="wrap">
              {label}
            </Th>
          ))}
          <Th screenReaderText="Actions" className="lqx-button-column" />
        </Tr>
      </Thead>
      {families.map((family) => (
        <FamilyRow key={family.id} family={family} system={systemOfImage(family.versions[0]?.imageId)} />
      ))}
    </Table>
  );
}

const HOW =
  'A template is a virtual machine that stays off, and from which others are deployed. Install one, shut it down, and choose “Convert to template…” in its actions.';

export function TemplatesPage() {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const { cursor, page, forward, back, restart } = useCursors();
  const query = usePage(familyPages, { templates: search }, cursor);
  const find = (text: string): void => {
    restart();
    setTyped(text);
  };
  const none = query.data?.items.length === 0 && search === '' && page === 1 && !query.isPlaceholderData;
  return (
    <Page title="Templates">
      {!none && <SearchBar label="Find by name" value={typed} onChange={find} />}
      <QueryState query={query} what="templates">
        {({ items, nextCursor }) =>
          none ? (
            <NothingYet
              icon={CloneIcon}
              title="No templates yet"
              body={HOW}
              action={<LinkButton to="/vms">Go to the virtual machines</LinkButton>}
            />
          ) : (
            <>
              <FamilyTable families={items} />
              <Pager
                label="templates"
                page={page}
                hasNext={nextCursor !== undefined}
                onBack={back}
                onNext={() => nextCursor !== undefined && forward(nextCursor)}
              />
            </>
          )
        }
      </QueryState>
    </Page>
  );
}
