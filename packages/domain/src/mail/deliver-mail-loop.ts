import type { AppContext } from '../app-context.js';
import { startOutboxLoop, type OutboxLoop } from '../outbox-loop.js';
import { deliverDueMail } from './deliver-mail.js';

export type MailLoop = OutboxLoop;

/** Sends what is queued for as long as the process lives. A database that is away is waited for. */
export function startMailDelivery(
  app: Pick<AppContext, 'db' | 'keys' | 'mail'>,
  onError: (error: unknown) => void,
): MailLoop {
  return startOutboxLoop((signal) => deliverDueMail(app, app.mail, signal), onError);
}
