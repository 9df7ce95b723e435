import { ConnectionError } from './connection/connection-error.js';
import { Prisma } from './generated/client.js';

// Prisma's codes for a database that cannot be reached, is starting, closed the connection or has none to give, and for
// a transaction that could not start or end in its time, or was undone for the sake of another.
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);
// SQLSTATE classes and states with the same meaning (connection, shutdown, resources, a statement or a wait for a
// lock that took too long, a server that takes no writes, a serialization failure or a deadlock), and Node's codes of a broken or refused socket, and of a host that cannot be found or reached.
const CODES =
  /\b(08\d{3}|57P0[1-5]|57014|55P03|25006|40001|40P01|53[0-4]00|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/;
// What Prisma's adapter says in words.
const ADAPTER_WORDS =
  /DatabaseNotReachable|ConnectionClosed|SocketTimeout|terminating connection|Connection terminated|Query read timeout|in a read-only transaction/;
// pg gives its own errors no code.
const DRIVER_WORDS =
  /^(Connection terminated|timeout expired|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Whether an error means that PostgreSQL was away or had no room, so that the very same call may succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (!(error instanceof Error)) return false;
  if (error instanceof ConnectionError) return isUnavailable(error.cause);
  if (DRIVER_WORDS.test(error.message)) return true;
  if (
    'code' in error &&
    typeof error.code === 'string' &&
    (PRISMA_CODES.has(error.code) || CODES.test(error.code))
  ) {
    return true;
  }
  const told = `${error.message} ${JSON.stringify('meta' in error ? error.meta : null)} ${JSON.stringify(error.cause ?? null)}`;
  const isFromPrisma =
    error instanceof Prisma.PrismaClientKnownRequestError || error.name === 'DriverAdapterError';
  return (
    isFromPrisma && (CODES.test(told) || ADAPTER_WORDS.test(told) || /Client has encountered/.test(told))
  );
}
