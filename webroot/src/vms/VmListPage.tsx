import { ServerIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { LinkButton } from '../core/layout/LinkButton';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { Pager } from '../core/layout/Pager';
import { QueryState } from '../core/layout/QueryState';
import { SearchBar } from '../core/layout/SearchBar';
import { useCursors } from '../core/layout/useCursors';
import { useSettled } from '../core/layout/useSettled';
import { usePage } from '../core/live/pages';
import { BulkBar } from './bulk/BulkBar';
import { useTicked } from './bulk/useTicked';
import { vmPages } from './vms';
import { VmTable } from './VmTable';

function shown(count: number, whole: boolean): string {
  if (!whole) return `${count} on this page`;
  return count === 1 ? '1 virtual machine' : `${count} virtual machines`;
}

export function VmListPage() {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const pages = useCursors();
  const ticked = useTicked();
  const query = usePage(vmPages, search, pages.cursor);
  const create = <LinkButton to="/vms/new">Create VM</LinkButton>;
  const none = query.data?.items.length === 0 && search === '' && pages.page === 1 && !query.isPlaceholderData;
  const whole = pages.page === 1 && query.data?.nextCursor === undefined;
  const find = (wish: string): void => {
    setTyped(wish);
    pages.restart();
  };
  return (
    <Page title="Virtual machines" actions={query.data && !none ? create : undefined}>
      {!none && (
        <SearchBar
          label="Find by name, folder: or label:"
          value={typed}
          onChange={find}
          count={query.data && shown(query.data.items.length, whole)}
        />
      )}
      <QueryState query={query} what="virtual machines">
        {({ items, nextCursor }) =>
          none ? (
            <NothingYet
              icon={ServerIcon}
              title="No virtual machines yet"
              body="Create the first one from an image of your library."
              action={create}
            />
          ) : (
            <>
              {ticked.chosen(items).length > 0 && <BulkBar selected={ticked.chosen(items)} onClear={ticked.clear} />}
              <VmTable rows={items} whole={whole} onFind={find} selection={ticked} />
              <Pager
                label="virtual machines"
                page={pages.page}
                hasNext={nextCursor !== undefined}
                onBack={pages.back}
                onNext={() => nextCursor && pages.forward(nextCursor)}
              />
            </>
          )
        }
      </QueryState>
    </Page>
  );
}
