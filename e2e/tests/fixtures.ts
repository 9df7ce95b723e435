import { test as base } from '@playwright/test';
import { removeDataDir, startServer, type RunningServer } from '../server.js';

export { expect } from '@playwright/test';

/** A server of its own for each file, so that no two files meet in one workspace. Ends as Ctrl-C ends it. `env` adds to its environment. */
export function useServer(env: Record<string, string> = {}): { readonly url: () => string } {
  let server: RunningServer | undefined;
  base.beforeAll(async () => {
    server = await startServer({ env });
  });
  base.afterAll(async () => {
    if (!server) return;
    const code = await server.stop();
    await removeDataDir(server.dataDir);
    base.expect(code, server.output()).toBe(0);
    base.expect(server.output()).not.toContain('"level":50');
  });
  return {
    url: () => {
      if (!server) throw new Error('The server is not up yet');
      return server.url;
    },
  };
}

export const test = base;
