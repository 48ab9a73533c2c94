import { Checkbox, EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { SortByDirection, Table, Tbody, Th, Thead, Tr, type ThProps } from '@patternfly/react-table';
import { useState, type ReactNode } from 'react';
import { DataRow } from './DataRow';
import { Pager } from './Pager';
import { sortRows, type Order } from './sort';

export interface Column<T> {
  label: string;
  cell: (row: T) => ReactNode;
  /** What to sort by; absent where sorting means nothing. */
  sortBy?: (row: T) => string | number;
  /** What the server is asked to sort by, where it sorts. */
  sortKey?: string;
  width?: ThProps['width'];
  /** The label takes two lines where there is no room for it on one. */
  wraps?: boolean;
  /** The label is for screen readers only, as for a column of menus. */
  hidden?: boolean;
  /** Of the header, where the usual width does not fit. */
  className?: string;
}

/** Which rows are ticked. */
export interface Selection<T> {
  has: (row: T) => boolean;
  /** What the row is called, for its tick box: "Select NAME". */
  nameOf: (row: T) => string;
  /** Why a row cannot be ticked; undefined where it can be. */
  whyNot?: (row: T) => string | undefined;
  onChange: (rows: readonly T[], ticked: boolean) => void;
}

/** The order in which the server gives the rows. */
export interface ServerOrder {
  by: string;
  descending: boolean;
  onChange: (by: string, descending: boolean) => void;
}

interface Props<T> {
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  rowKey: (row: T) => string;
  /** Keeps the order of the rows until a header is clicked. */
  unsorted?: boolean;
  nothing?: string;
  selection?: Selection<T>;
  /** Where the server sorts: the rows are shown as they come. */
  order?: ServerOrder;
}

/** More rows at once make the browser slow. */
const ROWS_PER_PAGE = 200;

export function DataTable<T>({ label, rows, columns, rowKey, unsorted, nothing, selection, order: asked }: Props<T>) {
  const [own, setOrder] = useState<Order | undefined>(unsorted ? undefined : { column: 0, descending: false });
  const order = asked
    ? { column: columns.findIndex(({ sortKey }) => sortKey === asked.by), descending: asked.descending }
    : own;
  const sorted = order ? sortRows(rows, columns[order.column]?.sortBy, order.descending) : rows;
  const [wantedPage, setPage] = useState(1);
  const pageCount = Math.max(1, Math.ceil(sorted.length / ROWS_PER_PAGE));
  // The list may have become shorter since the page was turned.
  const page = Math.min(wantedPage, pageCount);
  const sortOf = (column: number): Pick<ThProps, 'sort'> => ({
    sort: {
      columnIndex: column,
      sortBy: order ? { index: order.column, direction: order.descending ? 'desc' : 'asc' } : {},
      onSort: (_event, index, direction) => {
        const descending = direction === SortByDirection.desc;
        const by = columns[index]?.sortKey;
        if (asked && by) asked.onChange(by, descending);
        else setOrder({ column: index, descending });
      },
    },
  });
  const tickOf = (row: T, { has, nameOf, whyNot, onChange }: Selection<T>) => ({
    id: `${label}-${rowKey(row)}`,
    name: nameOf(row),
    ticked: has(row),
    whyNot: whyNot?.(row),
    onChange,
  });
  if (rows.length === 0) {
    return (
      <EmptyState variant="sm" headingLevel="h3" titleText={nothing ?? 'Nothing matches'}>
        {nothing ? null : <EmptyStateBody>Change or clear the filter.</EmptyStateBody>}
      </EmptyState>
    );
  }
  const shown = sorted.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE);
  const tickable = shown.filter((row) => selection?.whyNot?.(row) === undefined);
  const table = (
    <Table aria-label={label} variant="compact" className="lqx-table">
      <Thead>
        <Tr>
          {selection && (
            <Th className="lqx-tick">
              <Checkbox
                id={`${label}-all`}
                aria-label="Select all that are shown"
                isChecked={tickable.length > 0 && tickable.every(selection.has)}
                isDisabled={tickable.length === 0}
                onChange={(_event, ticked) => selection.onChange(tickable, ticked)}
              />
            </Th>
          )}
          {columns.map((column, index) => (
            <Th
              modifier={column.wraps ? 'wrap' : 'nowrap'}
              key={column.label}
              {...(column.width ? { width: column.width } : {})}
              {...((asked ? column.sortKey : column.sortBy) ? sortOf(index) : {})}
              {...(column.hidden
                ? { screenReaderText: column.label, className: column.className ?? 'lqx-narrow' }
                : {})}
            >
              {column.hidden ? undefined : column.label}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {shown.map((row) => (
          <DataRow
            key={rowKey(row)}
            row={row}
            columns={columns}
            {...(selection ? { tick: tickOf(row, selection) } : {})}
          />
        ))}
      </Tbody>
    </Table>
  );
  return (
    <>
      {table}
      <Pager
        label={label}
        page={page}
        hasNext={page < pageCount}
        onBack={() => setPage(page - 1)}
        onNext={() => setPage(page + 1)}
      />
    </>
  );
}
