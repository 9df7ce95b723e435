import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/**
 * What becomes of the next mail: taken, refused with a code of RFC 5321, taken without a word before hanging up, or taken
 * without ever a word.
 */
export type MailTreatment = 'take' | 'drop' | 'hold' | 451 | 550;

export interface MailServer {
  readonly url: string;
  /** The mails it took, also those it did not own up to. */
  readonly received: Email[];
  treatment: MailTreatment;
  /** Begins to listen; until then nobody answers at the address. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** A real SMTP server, at an address that is known before it listens. */
export async function createMailServer(): Promise<MailServer> {
  const port = await findFreePort();
  const received: Email[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { treatment } = server;
        if (typeof treatment === 'number')
          return done(Object.assign(new Error('Refused'), { responseCode: treatment }));
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          received.push(mail);
          if (treatment === 'drop') return smtp.connections.forEach((connection) => connection.close());
          if (treatment !== 'hold') done();
        });
      });
    },
  });
  const server: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    treatment: 'take',
    listen: () => new Promise((resolve) => smtp.listen(port, '127.0.0.1', resolve)),
    close: () => new Promise((resolve) => smtp.close(resolve)),
  };
  return server;
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
