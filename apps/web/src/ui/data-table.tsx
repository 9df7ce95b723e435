import type { ReactNode } from 'react';
import './data-table.css';

export interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** What names the row. */
  readonly isHeader?: boolean;
  readonly isNumber?: boolean;
}

interface Props<Row> {
  readonly caption: string;
  readonly isCaptionShown?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
}

/**
 * Rows under columns; on a narrow screen each row becomes a card with its labels beside the values. The roles are
 * spelled out because a browser forgets them when the layout is no longer a table's.
 */
export function DataTable<Row>({ caption, isCaptionShown = false, columns, rows, keyOf }: Props<Row>) {
  return (
    <div className="table-wrap">
      <table className="data-table" role="table">
        <caption className={isCaptionShown ? undefined : 'visually-hidden'}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ label, isNumber }) => (
              <th key={label} scope="col" role="columnheader" className={isNumber ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)} role="row">
              {columns.map((column) => (
                <Cell key={column.label} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { label, cell, isHeader = false, isNumber = false } = column;
  const content = cell(row);
  const shown = <div className="cell">{content}</div>;
  if (isHeader) {
    return (
      <th scope="row" role="rowheader">
        {shown}
      </th>
    );
  }
  const isEmpty = content === null || content === undefined || content === '' || content === false;
  const className = [isNumber && 'number', isEmpty && 'is-empty'].filter(Boolean).join(' ');
  return (
    <td role="cell" data-label={label} className={className || undefined}>
      {shown}
    </td>
  );
}
