import { Client, Connection } from '@temporalio/client';

/** A stranger's client: no key of ours, nothing but the address. */
export async function connectTemporalClient(
  address: string,
): Promise<{ client: Client; close: () => Promise<void> }> {
  const connection = await Connection.connect({ address });
  return { client: new Client({ connection }), close: () => connection.close() };
}
