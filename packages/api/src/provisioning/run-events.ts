import type { RunEvent } from '@gangway/contract/operations';
import type { operationRunEvent } from '@gangway/contract/provisioning/operation-runs';
import type { Watching } from '@gangway/domain/access/find-allowed-watchers';
import type { PartnerScope } from '@gangway/domain/access/scope';
import type { z } from 'zod';

/** Who watches: the stream ends when this credential does. */
export function toWatcher({ partnerId, actor, tokenEndsAt }: PartnerScope): Watching {
  return {
    partnerId,
    credential: { kind: actor.kind, id: actor.id },
    tokenEndsAt: tokenEndsAt?.getTime() ?? null,
  };
}

/** An event as partners read it. */
export function toOperationRunEvent({ at, run, changed }: RunEvent): z.infer<typeof operationRunEvent> {
  const { reasonCode, waitingUntil, ...rest } = run;
  return {
    at,
    run: { ...rest, reason_code: reasonCode, waiting_until: waitingUntil },
    step: changed && { name: changed.name, status: changed.status, attempt: changed.attempt },
  };
}
