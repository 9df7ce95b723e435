import type { Prisma } from './generated/client.js';

type Reading = 'findUnique' | 'findUniqueOrThrow' | 'findFirst' | 'findFirstOrThrow' | 'findMany' | 'count';
type Client = Prisma.TransactionClient;

/**
 * A client that looks and does not write: what is asked outside of a transaction, or by functions that leave it to their
 * caller. Raw queries are for SELECT only.
 */
export type ReadClient = {
  readonly [Model in Uncapitalize<Prisma.ModelName>]: Pick<Client[Model], Reading & keyof Client[Model]>;
} & Pick<Client, '$queryRaw' | '$queryRawUnsafe'>;
