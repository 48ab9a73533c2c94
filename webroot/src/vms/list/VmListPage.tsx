import { ToolbarItem } from '@patternfly/react-core';
import { ServerIcon } from '@patternfly/react-icons';
import { useCallback, useEffect } from 'react';
import { formatCount } from '../../core/format/count';
import { LinkButton } from '../../core/layout/LinkButton';
import { NothingYet } from '../../core/layout/NothingYet';
import { Page } from '../../core/layout/Page';
import { Pager } from '../../core/layout/Pager';
import { QueryState } from '../../core/layout/QueryState';
import { SearchBar } from '../../core/layout/SearchBar';
import { usePage } from '../../core/live/pages';
import { withoutTemplates } from '../vms';
import { BulkBar } from '../bulk/BulkBar';
import { ColumnsMenu } from './ColumnsMenu';
import { Filters } from './Filters';
import { SelectAll } from './SelectAll';
import { useListAddress } from './useListAddress';
import { useShownColumns } from './useShownColumns';
import { useTicked } from './useTicked';
import { useTyped } from './useTyped';
import { PAGE, vmPages } from './vmPages';
import { VmTable } from './VmTable';
import { filterKey, filters, type VmWish } from './wish';

function counted(total: number, wish: VmWish): string {
  if (filters(wish)) return total === 1 ? '1 matches' : `${formatCount(total)} match`;
  return total === 1 ? '1 virtual machine' : `${formatCount(total)} virtual machines`;
}

export function VmListPage() {
  const { wish, cursor, page, list, turn } = useListAddress();
  const [typed, setTyped] = useTyped(
    wish.typed,
    useCallback((text) => list({ typed: text }, true), [list]),
  );
  const [chosen, choose] = useShownColumns();
  const ticked = useTicked(filterKey(wish));
  const query = usePage(vmPages, wish, cursor);
  const find = useCallback((text: string) => list({ typed: text }), [list]);
  const create = <LinkButton to="/vms/new">Create VM</LinkButton>;
  const none = query.data?.total === 0 && !filters(wish) && !query.isPlaceholderData;
  const total = query.data?.total;
  const isPastTheEnd = cursor !== undefined && query.data?.items.length === 0 && !query.isPlaceholderData;
  useEffect(() => {
    if (isPastTheEnd) turn(1, undefined);
  }, [isPastTheEnd, turn]);
  return (
    <Page
      title="Virtual machines"
      actions={
        <div className="lqx-actions">
          <LinkButton variant="secondary" to="/vms/unmanaged">
            Unmanaged
          </LinkButton>
          {query.data && !none && create}
        </div>
      }
    >
      {!none && (
        <SearchBar
          label="Find by name, folder:, label: or os:"
          value={typed}
          onChange={setTyped}
          count={total === undefined ? undefined : counted(total, wish)}
        >
          <Filters wish={wish} onChange={list} />
          <ToolbarItem>
            <ColumnsMenu chosen={chosen} onChange={choose} />
          </ToolbarItem>
        </SearchBar>
      )}
      <QueryState query={query} what="virtual machines">
        {({ items: all, nextCursor, previousCursor }) => {
          // One that has just become a template is still on a page that was read before.
          const items = withoutTemplates(all);
          return none ? (
            <NothingYet
              icon={ServerIcon}
              title="No virtual machines yet"
              body="Create the first one from an image of your library."
              action={create}
            />
          ) : (
            <>
              {ticked.selected.length > 0 && (
                <BulkBar
                  selected={ticked.selected}
                  elsewhere={ticked.selected.length - items.filter(ticked.has).length}
                  onClear={ticked.clear}
                />
              )}
              {items.length > 0 && items.every(ticked.has) && (total ?? 0) > ticked.selected.length && (
                <SelectAll
                  key={filterKey(wish)}
                  wish={wish}
                  total={total ?? 0}
                  selected={ticked.selected.length}
                  onSelect={(vms) => ticked.onChange(vms, true)}
                />
              )}
              <VmTable
                rows={items}
                wish={wish}
                whole={nextCursor === undefined && previousCursor === undefined}
                place={`${JSON.stringify(wish)} ${cursor ?? ''}`}
                chosen={chosen}
                onSort={list}
                onFind={find}
                selection={ticked}
              />
              <Pager
                label="virtual machines"
                page={previousCursor === undefined ? 1 : Math.max(2, page)}
                of={total === undefined ? undefined : Math.ceil(total / PAGE)}
                hasNext={nextCursor !== undefined}
                onBack={() => (page <= 2 ? turn(1, undefined) : turn(page - 1, previousCursor))}
                onNext={() => turn(page + 1, nextCursor)}
              />
            </>
          );
        }}
      </QueryState>
    </Page>
  );
}
