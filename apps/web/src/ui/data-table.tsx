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
 * Rows under columns; on a narrow screen each row becomes a card with its labels beside the values. It stays a table
 * for screen readers: browsers of today keep the roles whatever the layout is.
 */
export function DataTable<Row>({ caption, isCaptionShown = false, columns, rows, keyOf }: Props<Row>) {
  return (
    <div className="table-wrap">
      <table className="data-table">
        <caption className={isCaptionShown ? undefined : 'visually-hidden'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label, isNumber }) => (
              <th key={label} scope="col" className={isNumber ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)}>
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
    return <th scope="row">{shown}</th>;
  }
  const isEmpty = content === null || content === undefined || content === '' || content === false;
  const className = [isNumber && 'number', isEmpty && 'is-empty'].filter(Boolean).join(' ');
  return (
    <td data-label={label} className={className || undefined}>
      {shown}
    </td>
  );
}
