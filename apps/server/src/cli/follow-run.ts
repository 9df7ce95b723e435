import { z } from 'zod';
import type { Access } from './access.js';
import { CommandError } from './command-error.js';

const event = z.object({
  run: z.object({ status: z.string(), progress: z.number(), step: z.string().nullable() }),
});

/**
 * Tells every change of a run until it has ended: "40 % creating_admin_user". Comes back after a broken connection, and
 * misses and repeats nothing. @throws CommandError where the run is not there, or may not be looked at
 */
export async function followRun(access: Access, runId: string, tell: (line: string) => void): Promise<void> {
  let last = '0';
  let told = '';
  for (;;) {
    const response = await open(access, runId, last);
    if (response?.body) {
      let text = '';
      try {
        for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
          text += chunk;
          for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
            const [id, kind, data] = ['id', 'event', 'data'].map((name) => fieldOf(text.slice(0, end), name));
            text = text.slice(end + 2);
            if (!id || !data) continue;
            last = id;
            const { run } = event.parse(JSON.parse(data));
            const line = `${String(run.progress).padStart(3)} % ${run.step ?? run.status}`;
            if (line !== told) tell(line);
            told = line;
            if (kind === 'run.finished') return;
          }
        }
      } catch (error) {
        if (error instanceof z.ZodError) throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

/** Null where the server cannot be reached right now. */
async function open(access: Access, runId: string, last: string): Promise<Response | null> {
  const response = await fetch(
    `${access.url}/api/provisioning/operation-runs/${encodeURIComponent(runId)}/events`,
    {
      headers: { authorization: `Bearer ${await access.credential()}`, 'last-event-id': last },
    },
  ).catch((error: unknown) => {
    if (last === '0') throw new CommandError('The server cannot be reached', { cause: error });
    return null;
  });
  if (response && response.status >= 400 && response.status < 500)
    throw new CommandError(`The run cannot be followed (${response.status})`);
  return response?.ok ? response : null;
}

const fieldOf = (block: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
