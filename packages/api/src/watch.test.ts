import { findAllowedWatchers, type Watching } from '@gangway/domain/access/find-allowed-watchers';
import { WatchHub } from '@gangway/engine/watch/hub';
import { watchRun } from '@gangway/engine/watch/watch-run';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAcme } from './test-acme.js';
import { callerOf, type Caller, type Told } from './test-caller.js';
import { connect } from './test-onboarding.js';

let hub: WatchHub<Watching>;
const { api, owner, workspaceId } = await openAcme({
  watchOf: ({ db }) => {
    hub = new WatchHub<Watching>({ db, isStillAllowed: (watchers) => findAllowedWatchers(db, watchers) });
    return (who, operationRunId, afterSeq, signal) =>
      watchRun(hub, { who, operationRunId, afterSeq, signal });
  },
});
beforeAll(() => hub.start());
afterAll(() => hub.stop());

/** A run that goes on for as long as the test looks at it: no engine is there. */
async function startRun(): Promise<string> {
  const { session } = await connect(owner, workspaceId);
  return String((await owner.mutate('onboarding.startVerification', session)).data['operationRunId']);
}

/** Opens the stream and reads its beginning. `ended`: what came after that, once the server ended it. */
async function watch(cookie: string, operationRunId: string) {
  const input = encodeURIComponent(JSON.stringify({ workspaceId, operationRunId }));
  const headers = { cookie, accept: 'text/event-stream' };
  const response = await fetch(`${api.base}/operations.watch?input=${input}`, { headers });
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('run.queued')) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The stream ended: ${text}`);
    text += value;
  }
  const ended = (async () => {
    let rest = '';
    for (let next = await reader.read(); !next.done; next = await reader.read()) rest += next.value;
    return rest;
  })();
  return { ended, leave: () => reader.cancel() };
}

const GONE: [string, string, (email: string, caller: Caller) => Promise<Told>][] = [
  [
    'is removed from the workspace',
    'admin@acme.example',
    async (email) => {
      const { userId } = await api.app.db.prisma.user.findFirstOrThrow({ where: { email } });
      return owner.mutate('members.remove', { workspaceId, userId });
    },
  ],
  ['signs out', 'operator@acme.example', (_email, caller) => caller.mutate('auth.signOut')],
];

test.each(GONE)('a watcher who %s is cut off within 2 s, the others are not', async (_how, email, leave) => {
  const run = await startRun();
  const leaving = await callerOf(api, email);
  const [cut, kept] = [await watch(leaving.cookie, run), await watch(owner.cookie, run)];
  expect(hub.watching).toBe(2);
  const goneAt = performance.now();
  expect((await leave(email, leaving)).status).toBe(200);
  expect(await cut.ended).not.toContain('run.');
  expect(performance.now() - goneAt).toBeLessThan(2_000);
  expect(hub.watching).toBe(1);
  await kept.leave();
  await expect.poll(() => hub.watching).toBe(0);
});
