import { requestsPerSecond } from './load.mjs';
import { signIn, startGangway, startHello } from './servers.mjs';
import { interleave, median, spread } from './statistics.mjs';

/** P6: one authorized read (identity, membership, capability, row) against Express and tRPC that only say hello. */
export async function measureAuthorizedRead() {
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
    return {
      id: 'P6',
      measure: 'authorized read, requests/s against Express + tRPC hello',
      ours: spread(values.a, 0),
      theirs: spread(values.b, 0),
      ratio: median(values.a) / median(values.b),
      pass: '≥ 0.35',
    };
  } finally {
    await gangway.stop();
    await hello.stop();
  }
}
