import type { RunRecord, RunWithSteps, StepRecord } from '../run.js';

/** What statements that end in `withSteps` return. */
export interface JsonRow {
  readonly run: Record<string, unknown>;
  readonly steps: Record<string, unknown>[];
}

export function toRunWithSteps(row: JsonRow): RunWithSteps {
  const run = camelCased(row.run) as unknown as RunRecord;
  return { ...run, steps: row.steps.map((step) => camelCased(step) as unknown as StepRecord) };
}

/** Column names to field names, instants to UTC; jsonb columns are left as they are. */
function camelCased(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      const isInstant = typeof value === 'string' && (column.endsWith('_at') || column === 'waiting_until');
      const field = column.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
      return [field, isInstant ? new Date(value).toISOString() : value];
    }),
  );
}
