import { Checkbox } from '@patternfly/react-core';
import { Td, Tr } from '@patternfly/react-table';
import { memo } from 'react';
import type { Column } from './DataTable';

interface Props<T> {
  row: T;
  columns: readonly Column<T>[];
  /** Of its tick box; absent where rows cannot be ticked. */
  tick?: {
    id: string;
    name: string;
    ticked: boolean;
    whyNot: string | undefined;
    onChange: (rows: readonly T[], ticked: boolean) => void;
  };
}

function Row<T>({ row, columns, tick }: Props<T>) {
  return (
    <Tr>
      {tick && (
        <Td>
          <Checkbox
            id={tick.id}
            aria-label={`Select ${tick.name}`}
            isChecked={tick.ticked}
            isDisabled={tick.whyNot !== undefined}
            {...(tick.whyNot === undefined ? {} : { title: tick.whyNot })}
            onChange={(_event, ticked) => tick.onChange([row], ticked)}
          />
        </Td>
      )}
      {columns.map((column) => (
        <Td key={column.label} dataLabel={column.label} isActionCell={column.hidden ?? false}>
          {column.cell(row)}
        </Td>
      ))}
    </Tr>
  );
}

function same<T>(a: Props<T>, b: Props<T>): boolean {
  return (
    a.row === b.row &&
    a.columns === b.columns &&
    a.tick?.ticked === b.tick?.ticked &&
    a.tick?.whyNot === b.tick?.whyNot &&
    a.tick?.onChange === b.tick?.onChange
  );
}

/** One row of a table, drawn again only when something of it has changed. */
export const DataRow = memo(Row, same) as typeof Row;
