import { buildAt } from './build-at.mjs';
import { startGangway } from './servers.mjs';
import { interleave, median, toRow } from './statistics.mjs';
import { openDirectory } from './verifications.mjs';

export const EARLIER_BUILD = 'cf4f6f0';
const VERIFICATIONS = 20;

/**
 * P15: the verification of a directory that answers at once, so that all of the time is the product's own, by the build of
 * November 2026 and by today's, each with its own server and PostgreSQL, in turn.
 */
export default async function measureHealthyVerification() {
  const earlier = await openBuild(await buildAt(EARLIER_BUILD));
  const today = await openBuild();
  try {
    const round = async ({ directory }) => {
      const values = [];
      for (let made = 0; made < VERIFICATIONS; made += 1) values.push(await directory.verify());
      return median(values);
    };
    await round(earlier);
    await round(today);
    const measure = `verification of healthy.sandbox.example, build ${EARLIER_BUILD} / today, p50`;
    const values = await interleave(
      5,
      () => round(earlier),
      () => round(today),
    );
    return toRow({ id: 'P15', measure, pass: '≥ 2', unit: ' ms' }, values);
  } finally {
    await earlier.gangway.stop();
    await today.gangway.stop();
  }
}

async function openBuild(root) {
  const gangway = await startGangway({}, null, root);
  return { gangway, directory: await openDirectory(gangway.url, 'healthy.sandbox.example') };
}
