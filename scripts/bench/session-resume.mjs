import { logStatements, riseOf } from './database.mjs';
import { medianLatencies } from './load.mjs';
import { idOf } from './seed.mjs';
import { seededServers } from './seeded.mjs';
import { toRow } from './statistics.mjs';

const RESUMED = 100;

/**
 * P7: onboarding sessions are opened where they stopped, a hundred that lie apart, with a million sessions against a
 * thousand; and the SQL statements of one, the door's included.
 */
export default async function measureSessionResume() {
  const { large, small } = await seededServers();
  const resume = (server) => {
    const apart = Math.floor(server.count / RESUMED);
    const session = (index) => idOf('session', 1 + index * apart);
    const input = (index) => ({ workspaceId: server.workspaceId, onboardingSessionId: session(index) });
    const urls = Array.from({ length: RESUMED }, (_, index) => server.trpc('onboarding.get', input(index)));
    return { urls, headers: server.headers };
  };
  const measure = 'session resume, p50 with 1 M sessions / with 1 k';
  const about = { id: 'P7', measure, pass: '≤ 1.3', unit: ' ms', digits: 2 };
  const times = toRow(about, await medianLatencies(5, resume(large), resume(small)));
  return [times, await countStatements(small, resume(small))];
}

async function countStatements(server, { urls, headers }) {
  const log = await logStatements(server.dataDir);
  const rise = await riseOf(log.statements, async () => {
    for (const url of urls) await fetch(url, { headers });
  });
  const each = rise / RESUMED;
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
