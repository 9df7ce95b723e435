import { connectDirectory, signInMember } from '../../apps/server/dist/testing/member-client.js';
import { exchange } from './load.mjs';
import { signIn } from './servers.mjs';

/**
 * A directory of the sandbox that is connected to a workspace of this server. `verify` starts its verification, follows it
 * in the browser's way, and gives the milliseconds from the call to its last event.
 */
export async function openDirectory(url, domain) {
  const member = await signInMember(() => url);
  const cookie = await signIn(url);
  const { onboardingSessionId } = await connectDirectory(member, domain, 'sandbox-secret');
  return {
    async verify() {
      const started = performance.now();
      const { operationRunId } = await member.mutate('onboarding.startVerification', { onboardingSessionId });
      const input = JSON.stringify({ workspaceId: member.workspaceId, operationRunId });
      const { text } = await exchange(`${url}/trpc/operations.watch?${new URLSearchParams({ input })}`, {
        headers: { cookie },
      });
      const elapsed = performance.now() - started;
      const status = statusIn(text);
      if (status !== 'succeeded') throw new Error(`A verification of ${domain} ended as ${status}`);
      return elapsed;
    },
  };
}

/** How the run of an event stream ended. */
function statusIn(stream) {
  const lines = stream.split('\n').filter((line) => line.startsWith('data: {'));
  const events = lines.map((line) => JSON.parse(line.slice('data: '.length)));
  return events.find(({ kind }) => kind === 'run.finished')?.run.status;
}
