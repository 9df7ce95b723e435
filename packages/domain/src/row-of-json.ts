/** A row that came as JSON, as Prisma gives it: fields by their names, instants (`…_at`) as dates. Whose row, the caller knows. */
export function rowOfJson(json: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(json).map(([column, value]) => {
    const field = column.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
    return [field, typeof value === 'string' && column.endsWith('_at') ? new Date(value) : value];
  });
  return Object.fromEntries(entries);
}
