import { removeDataDir, startServer } from './server.js';

/** One server for all tests that do not stop theirs; its address reaches them by the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startServer();
  process.env['GANGWAY_URL'] = server.url;
  return async () => {
    const code = await server.stop();
    await removeDataDir(server.dataDir);
    if (code !== 0) throw new Error(`Gangway ended with ${String(code)}\n${server.output()}`);
  };
}
