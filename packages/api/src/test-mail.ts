import { listMailbox } from '@gangway/domain/mail/list-mailbox';
import type { TestApi } from './test-api.js';

/** The tokens of all links mailed to an address, newest first. */
export async function mailedTokens({ app }: TestApi, to: string): Promise<string[]> {
  const { items } = await listMailbox(app);
  return items
    .filter((mail) => mail.to === to)
    .flatMap((mail) => /token=([\w-]+)/.exec(mail.text)?.[1] ?? []);
}
