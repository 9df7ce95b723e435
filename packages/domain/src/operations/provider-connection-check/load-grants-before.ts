import type { Database } from '@gangway/db/client';
import type { StepOutputs } from '@gangway/engine/plan';
import type { RunFacts } from '@gangway/engine/port';
import { z } from 'zod';

const application = z.object({ facts: z.object({ servicePrincipalId: z.string() }) });
const granted = z.object({
  facts: z.object({ grants: z.array(z.object({ permission: z.string() })) }),
});

/**
 * The roles that the newest verification that has ended found granted; null if it found none out, or looked at another
 * application: a connection may have been given another client id since.
 */
export async function loadGrantsBefore(
  db: Database,
  run: RunFacts,
  outputs: StepOutputs,
): Promise<string[] | null> {
  if (run.providerConnectionId === null) return null;
  const connection = await db.prisma.providerConnection.findUnique({
    where: { id: run.providerConnectionId },
    select: { checkedRunId: true },
  });
  if (!connection?.checkedRunId) return null;
  const steps = await db.prisma.operationRunStep.findMany({
    where: { runId: connection.checkedRunId, name: { in: ['application', 'granted_permissions'] } },
    select: { name: true, output: true },
  });
  const outputOf = (name: string): unknown => steps.find((step) => step.name === name)?.output;
  const now = application.safeParse(outputs['application']).data?.facts.servicePrincipalId;
  const before = application.safeParse(outputOf('application')).data?.facts.servicePrincipalId;
  if (now === undefined || now !== before) return null;
  const found = granted.safeParse(outputOf('granted_permissions')).data;
  return found?.facts.grants.map(({ permission }) => permission) ?? null;
}
