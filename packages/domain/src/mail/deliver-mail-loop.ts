import type { House } from '../house.js';
import { deliverDueMail } from './deliver-mail.js';

const IDLE_MS = 2_000;

export interface MailLoop {
  /** Ends after the mail that is being sent. */
  stop(): Promise<void>;
}

/** Sends what is queued for as long as the process lives. A database that is away is waited for. */
export function startMailDelivery(
  house: Pick<House, 'db' | 'keys' | 'mail'>,
  onError: (error: unknown) => void,
): MailLoop {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const sent = await deliverDueMail(house, house.mail, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) onError(error);
        return 0;
      });
      if (sent === 0) await idle(stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function idle(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, IDLE_MS);
    signal.addEventListener('abort', end);
  });
}
