import { startGangway } from './servers.mjs';
import { spread, median } from './statistics.mjs';
import { openDirectory } from './verifications.mjs';

/** How long the sandbox lets every call to this directory wait. Milliseconds. */
const CALL_MS = 2_000;
/** Each of these needs what the one before it gave: discovery, token, the service principal, what it was granted. */
const CALLS_IN_A_ROW = 4;
const ROUNDS = 5;

/** P14: the verification of a directory that takes two seconds for every call, against the calls that have to wait for each other. */
export default async function measureSlowVerification() {
  const gangway = await startGangway();
  try {
    const directory = await openDirectory(gangway.url, 'slow.sandbox.example');
    const values = [];
    for (let round = 0; round < ROUNDS; round += 1) values.push((await directory.verify()) / 1_000);
    const theirs = (CALLS_IN_A_ROW * CALL_MS) / 1_000;
    return {
      id: 'P14',
      measure: `verification of slow.sandbox.example / its ${CALLS_IN_A_ROW} calls that need each other, 2 s each`,
      ours: `${spread(values, 2)} s`,
      theirs: `${theirs.toFixed(2)} s`,
      ratio: median(values) / theirs,
      pass: '≤ 1.25',
    };
  } finally {
    await gangway.stop();
  }
}
