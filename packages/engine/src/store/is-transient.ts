const NETWORK = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);
/** SQLSTATE classes: connection, transaction rollback, insufficient resources (disk, memory), operator intervention. */
const SQLSTATE = /^(08|40|53|57)[0-9A-Z]{3}$/;
const MESSAGE =
  /connection terminated|query read timeout|timeout exceeded when trying to connect|client has encountered a connection error/i;

/** Whether the database failed in a way that passes: whether the statement took effect is unknown. */
export function isTransient(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const code = 'code' in error ? error.code : 'originalCode' in error ? error.originalCode : undefined;
  if (typeof code === 'string' && (NETWORK.has(code) || PRISMA.has(code) || SQLSTATE.test(code))) return true;
  if (error instanceof Error && MESSAGE.test(error.message)) return true;
  const inner = [
    'cause' in error ? error.cause : undefined,
    'meta' in error ? error.meta : undefined,
    'driverAdapterError' in error ? error.driverAdapterError : undefined,
  ];
  return inner.some((value) => isTransient(value, depth + 1));
}
