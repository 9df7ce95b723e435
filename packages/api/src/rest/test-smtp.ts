import type { AddressInfo } from 'node:net';
import type { MailTransport } from '@gangway/domain/mail/transport';
import { smtpTransport } from '@gangway/domain/mail/transports/smtp';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface TestSmtp {
  readonly transport: MailTransport;
  /** The newest mail to an address, as its reader's program understands it, and as it came. */
  readonly mailTo: (address: string) => { readonly mail: Email; readonly raw: string };
  readonly close: () => Promise<void>;
}

/** A mail server on this machine that keeps what it is given. */
export async function startTestSmtp(): Promise<TestSmtp> {
  const received: { mail: Email; raw: string; to: string[] }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        const to = session.envelope.rcptTo.map(({ address }) => address);
        void PostalMime.parse(raw).then((mail) => {
          received.push({ mail, raw: raw.toString(), to });
          done();
        });
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const transport = smtpTransport(`smtp://127.0.0.1:${port}`);
  return {
    transport,
    mailTo(address) {
      const found = received.findLast(({ to }) => to.includes(address));
      if (!found) throw new Error(`No mail to ${address}`);
      return found;
    },
    async close() {
      transport.close();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}
