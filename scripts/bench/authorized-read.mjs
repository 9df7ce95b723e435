import { requestsPerSecond } from './load.mjs';
import { signIn, startGangway, startHello } from './servers.mjs';
import { interleave, toRow } from './statistics.mjs';

/** P6: one authorized read (identity, membership, capability, row) against Express and tRPC that only say hello. */
export default async function measureAuthorizedRead() {
  const [gangway, hello] = [await startGangway(), await startHello()];
  try {
    const cookie = await signIn(gangway.url);
    const ours = `${gangway.url}/trpc/workspaces.get?input=${encodeURIComponent('{"workspaceId":"acme"}')}`;
    const load = { count: 1_500, concurrency: 8 };
    const a = () => requestsPerSecond({ url: ours, headers: { cookie }, ...load });
    const b = () => requestsPerSecond({ url: `${hello.url}/trpc/hello`, ...load });
    await a();
    await b();
    const values = await interleave(5, a, b);
    const measure = 'authorized read, requests/s against Express + tRPC hello';
    return toRow({ id: 'P6', measure, pass: '≥ 0.35', digits: 0 }, values);
  } finally {
    await gangway.stop();
    await hello.stop();
  }
}
