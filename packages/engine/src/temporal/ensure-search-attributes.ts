import type { Client, Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from './dispatcher.js';

const KEYWORD = 2; // temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD

/**
 * Makes the search attributes of the product known to the namespace. False where we may not: workflows are then started
 * without them, and an operator may create them (`temporal operator search-attribute create`).
 */
export async function ensureSearchAttributes(client: Client): Promise<boolean> {
  const connection = client.connection as Connection;
  const { namespace } = client.options;
  const wanted = Object.values(SEARCH_ATTRIBUTES).map((key) => key.name);
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = wanted.filter((name) => !Object.hasOwn(customAttributes ?? {}, name));
    if (missing.length === 0) return true;
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    return true;
  } catch {
    return false;
  }
}
