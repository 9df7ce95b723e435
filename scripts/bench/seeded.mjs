import { connectOwner } from './database.mjs';
import { seedRows } from './seed.mjs';
import { signIn, startGangway } from './servers.mjs';

const LARGE = Number(process.env.BENCH_ROWS ?? 1_000_000);
const SMALL = 1_000;
let started;

/** Two servers of the product with a PostgreSQL each, one with a million rows in every list and one with a thousand. */
export async function seededServers() {
  started ??= Promise.all([startSeeded(LARGE), startSeeded(SMALL)]);
  const [large, small] = await started;
  return { large, small };
}

export async function stopSeededServers() {
  const servers = (await started) ?? [];
  started = undefined;
  await Promise.all(servers.map((server) => server.stop()));
}

async function startSeeded(count) {
  const gangway = await startGangway({ ROLE: 'api' }); // no housekeeping among what is measured
  const owners = [await connectOwner(gangway.dataDir), await connectOwner(gangway.dataDir)];
  await seedRows(owners, count);
  await Promise.all(owners.map((owner) => owner.end()));
  const cookie = await signIn(gangway.url);
  const me = await fetch(
    `${gangway.url}/trpc/workspaces.get?input=${encodeURIComponent('{"workspaceId":"acme"}')}`,
    {
      headers: { cookie },
    },
  );
  return {
    ...gangway,
    count,
    headers: { cookie, authorization: 'Bearer gwk_demo_partner_admin' },
    workspaceId: (await me.json()).result.data.id,
    /** The address of a query. */
    trpc: (path, input) => `${gangway.url}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
  };
}
