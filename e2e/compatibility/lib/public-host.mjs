import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../../scripts/lib/root.mjs';

/** A public name that the server of {@link startWithPublicHost} finds on this machine, on any port. */
export const PUBLIC_HOST = 'hooks.contoso.example';
const ADDRESS = '93.184.215.14';

/** A server that finds a public host on this machine: it delivers webhooks to public addresses only. */
export async function startWithPublicHost(context) {
  const network = path.join(context.folder, 'network.json');
  await writeFile(network, JSON.stringify({ addresses: [ADDRESS], names: { [PUBLIC_HOST]: ADDRESS } }));
  const preload = path.join(ROOT, 'apps/server/dist/testing/public-network.js');
  return context.startServer({ env: { NODE_OPTIONS: `--import=${preload}`, TEST_NETWORK: network } });
}
