import { logStatements, riseOf } from './database.mjs';
import { medianLatency } from './load.mjs';
import { idOf } from './seed.mjs';
import { seededServers } from './seeded.mjs';
import { interleave, toRow } from './statistics.mjs';

const RESUMED = 100;

/**
 * P7: onboarding sessions are opened where they stopped, a hundred that lie apart, with a million sessions against a
 * thousand; and the SQL statements of one, the door's included.
 */
export default async function measureSessionResume() {
  const { large, small } = await seededServers();
  const resume = (server) => {
    const apart = Math.floor(server.count / RESUMED);
    const urls = Array.from({ length: RESUMED }, (_, index) =>
      server.trpc('onboarding.get', {
        workspaceId: server.workspaceId,
        onboardingSessionId: idOf('session', 1 + index * apart),
      }),
    );
    return () => medianLatency(urls, server.headers);
  };
  await resume(large)();
  await resume(small)();
  const about = { id: 'P7', measure: 'session resume, p50 with 1 M sessions / with 1 k', pass: '≤ 1.3' };
  const times = toRow(
    { ...about, unit: ' ms', digits: 2 },
    await interleave(5, resume(large), resume(small)),
  );
  return [times, await countStatements(small, resume(small))];
}

async function countStatements(server, resume) {
  const log = await logStatements(server.dataDir);
  const each = (await riseOf(log.statements, resume)) / RESUMED;
  await log.stop();
  return {
    id: 'P7',
    measure: 'SQL statements of a session resume, the door’s one included / 2',
    ours: each.toFixed(1),
    theirs: '2',
    ratio: each / 2,
    pass: '≤ 1',
  };
}
