import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';

/** The port that the file remembers when it is free, else a free one at random, which is then remembered. */
export async function choosePort(portFile: string): Promise<number> {
  const remembered = Number(await readFile(portFile, 'utf8').catch(() => ''));
  if (remembered > 0 && (await tryPort(remembered)) !== null) return remembered;
  const port = await tryPort(0);
  if (port === null) throw new Error('There is no free port on 127.0.0.1');
  await writeFile(portFile, `${port}\n`);
  return port;
}

async function tryPort(port: number): Promise<number | null> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch {
    return null;
  } finally {
    server.close();
  }
}
