import { readTestServer, withDatabase } from '@gangway/db/test-database';
import pg from 'pg';
import type { TestPartnerApi } from './test-partner-api.js';

/** Breaks and mends the table of mails behind the product's back, so that the last step of a creation fails. */
export function mailTableOf(api: Pick<TestPartnerApi, 'ownerUrl'>) {
  const asOwner = async (statement: string): Promise<void> => {
    const client = new pg.Client({
      connectionString: withDatabase(readTestServer().ownerUrl, new URL(api.ownerUrl).pathname.slice(1)),
    });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    break: () => asOwner('ALTER TABLE mail_messages RENAME COLUMN subject TO broken'),
    mend: () => asOwner('ALTER TABLE mail_messages RENAME COLUMN broken TO subject'),
  };
}
