import { signUpWithOrganization, startBetterAuth } from './better-auth-client.mjs';
import { requestsPerSecond } from './load.mjs';
import { signIn, startGangway, startHello } from './servers.mjs';
import { interleave, toRow } from './statistics.mjs';

const LOAD = { count: 1_500, concurrency: 8 };
const withInput = (address, input) => `${address}?input=${encodeURIComponent(JSON.stringify(input))}`;

/**
 * P6: one authorized read (identity, membership, capability, row) against Express and tRPC that only say hello, and against
 * the same read with Better Auth behind Express and tRPC, on the same PostgreSQL.
 */
export default async function measureAuthorizedRead() {
  const [gangway, hello] = [await startGangway(), await startHello()];
  const betterAuth = await startBetterAuth(gangway);
  try {
    const cookie = await signIn(gangway.url);
    const slug = withInput(`${gangway.url}/trpc/workspaces.get`, { workspaceId: 'acme' });
    const { workspaceId } = await readId(slug, cookie);
    const address = withInput(`${gangway.url}/trpc/workspaces.get`, { workspaceId });
    const ours = () => requestsPerSecond({ url: address, headers: { cookie }, ...LOAD });
    const nothing = () => requestsPerSecond({ url: `${hello.url}/trpc/hello`, ...LOAD });
    const session = await signUpWithOrganization(betterAuth.url);
    const { organizationId } = session;
    const theirs = () =>
      requestsPerSecond({
        url: withInput(`${betterAuth.url}/trpc/organization`, { organizationId }),
        headers: { cookie: session.cookie },
        ...LOAD,
      });
    for (const warm of [ours, nothing, theirs]) await warm();
    const read = 'authorized read, requests/s against';
    const facts = { id: 'P6', digits: 0 };
    return [
      toRow(
        { ...facts, measure: `${read} Express + tRPC hello`, pass: '≥ 0.35' },
        await interleave(5, ours, nothing),
      ),
      toRow(
        { ...facts, measure: `${read} Better Auth 1.7.5 behind tRPC`, pass: '≥ 2' },
        await interleave(5, ours, theirs),
      ),
    ];
  } finally {
    for (const one of [gangway, hello, betterAuth]) await one.stop();
  }
}

async function readId(url, cookie) {
  const { result } = await (await fetch(url, { headers: { cookie } })).json();
  return { workspaceId: result.data.id };
}
