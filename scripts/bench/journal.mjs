import { buildAt } from './build-at.mjs';
import { connectOwner, logStatements, riseOf } from './database.mjs';
import { EARLIER_BUILD } from './healthy-verification.mjs';
import { startGangway } from './servers.mjs';
import { openDirectory } from './verifications.mjs';

/** Steps of a verification: one for each row of its report. */
const STEPS = 9;
const VERIFICATIONS = 20;

/**
 * P16: what a step costs the database, by today's build and by that of November 2026: the statements in PostgreSQL's log and
 * the bytes it writes to its own, while verifications of a directory that answers at once are started and followed; less
 * what an idle server does in the same time. Counts, so that a busy machine changes nothing.
 */
export default async function countJournal() {
  const today = await countOf();
  const earlier = await countOf(await buildAt(EARLIER_BUILD));
  const toRow = (kind, what, digits) => ({
    id: 'P16',
    measure: `${what} per step of a verification, today / build ${EARLIER_BUILD}`,
    ours: today[kind].toFixed(digits),
    theirs: earlier[kind].toFixed(digits),
    ratio: today[kind] / earlier[kind],
    pass: '≤ 0.75',
  });
  return [toRow('statements', 'SQL statements', 2), toRow('bytes', 'bytes of WAL', 0)];
}

async function countOf(root) {
  const gangway = await startGangway({}, null, root);
  try {
    const directory = await openDirectory(gangway.url, 'healthy.sandbox.example');
    const verify = async () => {
      for (let made = 0; made < VERIFICATIONS; made += 1) await directory.verify();
    };
    await verify();
    const each = (rise) => rise / VERIFICATIONS / STEPS;
    const bytes = each(await riseOf(await walBytes(gangway.dataDir), verify));
    const log = await logStatements(gangway.dataDir);
    return { bytes, statements: each(await riseOf(log.statements, verify)) };
  } finally {
    await gangway.stop();
  }
}

/** Reads how many bytes PostgreSQL has written to its log of changes; without the whole pages that follow a checkpoint. */
async function walBytes(dataDir) {
  const owner = await connectOwner(dataDir);
  await owner.query('ALTER SYSTEM SET full_page_writes = off');
  await owner.query('SELECT pg_reload_conf()');
  await owner.end();
  return async () => {
    const reader = await connectOwner(dataDir);
    const { rows } = await reader.query(`SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes`);
    await reader.end();
    return Number(rows[0].bytes);
  };
}
