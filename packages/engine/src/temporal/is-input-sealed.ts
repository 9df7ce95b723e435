import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { ENCODING } from './payload-codec.js';

/** Looks at the first event of the current workflow as it stands in the history, before any codec. */
export async function isInputSealed(client: Client): Promise<boolean> {
  const { workflowExecution: execution } = Context.current().info;
  if (!execution) return false;
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution,
    maximumPageSize: 1,
  });
  const [payload] = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  return new TextDecoder().decode(payload?.metadata?.['encoding'] ?? undefined) === ENCODING;
}
