import { useMemo } from 'react';
import type { Vm } from '../../core/api/types';
import { DataTable, type Selection } from '../../core/layout/DataTable';
import { sortRows } from '../../core/layout/sort';
import { columnsOf, type Choice } from './columns';
import { useStillRows } from './useStillRows';
import type { VmSort, VmWish } from './wish';

interface Props {
  rows: readonly Vm[];
  wish: VmWish;
  /** There are no others, so that "vm2" can come before "vm10". */
  whole: boolean;
  /** Which page of which list it is. */
  place: string;
  chosen: readonly Choice[];
  onSort: (order: { sort: VmSort; descending: boolean | undefined }) => void;
  /** Called with what is to be searched for. */
  onFind: (wish: string) => void;
  selection: Selection<Vm>;
}

const rowKey = ({ id }: Vm): string => id;

export function VmTable({ rows, wish, whole, place, chosen, onSort, onFind, selection }: Props) {
  const columns = useMemo(() => columnsOf(chosen, onFind), [chosen, onFind]);
  const sort = wish.sort ?? 'NAME';
  const descending = wish.descending ?? false;
  const inOrder = useMemo(
    () => (whole && sort === 'NAME' ? sortRows(rows, ({ name }) => name, descending) : rows),
    [rows, whole, sort, descending],
  );
  const still = useStillRows(inOrder, place);
  return (
    <div {...still.pointer}>
      <DataTable
        label="Virtual machines"
        rows={still.rows}
        columns={columns}
        rowKey={rowKey}
        selection={selection}
        order={{
          by: sort,
          descending,
          onChange: (by, down) => onSort({ sort: by as VmSort, descending: down || undefined }),
        }}
      />
      {still.waiting && (
        <p role="status" className="lqx-subtle">
          The list has changed; its rows move when the pointer leaves it or rests.
        </p>
      )}
    </div>
  );
}
