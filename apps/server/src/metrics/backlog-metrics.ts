import type { AppContext } from '@gangway/domain/app-context';
import { readBacklog } from '@gangway/domain/monitoring/read-backlog';
import { Gauge, type Registry } from 'prom-client';
import { oncePerScrape } from './once-per-scrape.js';

/** What waits to be done, read from the database when somebody looks: the same from every process. */
export function registerBacklogMetrics(registry: Registry, app: Pick<AppContext, 'db'>): void {
  const registers = [registry];
  const collect = oncePerScrape(
    async () => {
      const { runs, outboxes, mailsGivenUp } = await readBacklog(app);
      reset();
      up.set(1);
      givenUp.set(mailsGivenUp);
      for (const { type, queued, running, oldestQueuedSeconds } of runs) {
        live.set({ type, status: 'queued' }, queued);
        live.set({ type, status: 'running' }, running);
        oldestQueued.set({ type }, oldestQueuedSeconds);
      }
      for (const { outbox, queued, due, oldestDueSeconds } of outboxes) {
        outboxQueued.set({ outbox }, queued);
        outboxDue.set({ outbox }, due);
        outboxOldest.set({ outbox }, oldestDueSeconds);
      }
    },
    () => {
      reset();
      up.set(0);
    },
  );
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name, help, labelNames, registers, collect });
  const up = gauge('gangway_database_up', 'Whether the database answered when these numbers were read.', []);
  const live = gauge('gangway_operation_runs_live', 'Runs that wait for a worker or are worked on.', [
    'type',
    'status',
  ]);
  const oldestQueued = gauge(
    'gangway_operation_runs_oldest_queued_seconds',
    'Age of the oldest run that no worker has taken.',
    ['type'],
  );
  const outboxQueued = gauge('gangway_outbox_queued', 'What is not sent yet, waiting retries included.', [
    'outbox',
  ]);
  const outboxDue = gauge('gangway_outbox_due', 'What could be sent now.', ['outbox']);
  const outboxOldest = gauge(
    'gangway_outbox_oldest_due_seconds',
    'For how long the oldest could have been sent.',
    ['outbox'],
  );
  const givenUp = gauge(
    'gangway_mails_given_up',
    'Mails that are tried no more, and can be sent again by hand.',
    [],
  );
  const reset = (): void => {
    for (const one of [live, oldestQueued, outboxQueued, outboxDue, outboxOldest, givenUp]) one.reset();
  };
}
