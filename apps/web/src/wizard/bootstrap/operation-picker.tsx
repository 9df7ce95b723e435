import type { Session } from '@gangway/contract/onboarding';
import type { OperationInfo } from '@gangway/contract/operations';
import { useEffect, useRef, useState } from 'react';
import { isLive } from '../../live/is-live.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { Failure } from '../../states/failure.js';
import { t } from '../../texts/bootstrap.js';
import { trpc } from '../../trpc.js';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { OperationCard } from './operation-card.js';
import './operation-card.css';

interface Props {
  readonly session: Session;
  readonly operations: readonly OperationInfo[];
}

/** Choose several, start them at once: one run each. */
export function OperationPicker({ session, operations }: Props) {
  const { id: workspaceId, can } = useWorkspace();
  const utils = trpc.useUtils();
  const list = useRef<HTMLUListElement>(null);
  const runOf = (type: string) => session.bootstrap.find((run) => run.type === type);
  const startable = operations
    .filter(({ type, canRun }) => canRun && !isLive(runOf(type)))
    .map(({ type }) => type);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(startable.filter((type) => runOf(type)?.status !== 'succeeded')),
  );
  const [isRefused, setRefused] = useState(false);
  const selected = startable.filter((type) => chosen.has(type));
  const start = trpc.onboarding.startBootstrap.useMutation({
    onSuccess: async (_, { operationTypes }) => {
      announce(t('announceStarted', { count: operationTypes.length }));
      setChosen((current) => new Set([...current].filter((type) => !operationTypes.includes(type))));
      await utils.onboarding.get.invalidate();
    },
  });
  // With everything done there is nothing to start until somebody chooses it again.
  const isExhausted = selected.length === 0 && startable.every((type) => runOf(type)?.status === 'succeeded');
  const wasExhausted = useRef(isExhausted);
  useEffect(() => {
    // With nothing left to start its button is gone, and the keyboard goes on at the cards.
    const isGone = isExhausted && !wasExhausted.current;
    wasExhausted.current = isExhausted;
    if (isGone && document.activeElement === document.body) list.current?.focus({ preventScroll: true });
  }, [isExhausted]);
  function startThese(operationTypes: string[]) {
    setRefused(operationTypes.length === 0);
    if (operationTypes.length > 0)
      start.mutate({ workspaceId, onboardingSessionId: session.id, operationTypes });
  }
  function toggle(type: string, isChosen: boolean) {
    const next = new Set(chosen);
    if (isChosen) next.add(type);
    else next.delete(type);
    setChosen(next);
  }
  const canStart = can('onboarding:run');
  const tenant = trpc.managedTenants.get.useQuery({ workspaceId, managedTenantId: session.managedTenant.id });
  const snapshots = tenant.data?.snapshots ?? [];
  const liveCount = session.bootstrap.filter(isLive).length;
  useEffect(() => {
    // A run that ended has left its snapshot.
    void utils.managedTenants.get.invalidate();
    void utils.operations.types.invalidate();
  }, [liveCount, utils]);
  return (
    <div className="stack">
      {canStart && startable.length > 0 && (
        <div className="row apart">
          <label className="check row">
            <input
              type="checkbox"
              checked={selected.length === startable.length}
              onChange={(event) => setChosen(new Set(event.target.checked ? startable : []))}
            />
            {t('all')}
          </label>
          {!isExhausted && (
            <Button
              look={selected.length > 0 ? 'primary' : 'secondary'}
              busy={start.isPending}
              onClick={() => startThese(selected)}
            >
              {t('start', { count: selected.length })}
            </Button>
          )}
        </div>
      )}
      {isRefused && <Notice tone="warn" isAlert title={t('none')} />}
      <Failure error={start.error} />
      <ul className="operations" ref={list} tabIndex={-1}>
        {operations.map((operation) => (
          <OperationCard
            key={operation.type}
            operation={operation}
            run={runOf(operation.type)}
            snapshot={snapshots.find(({ type }) => type === operation.type)}
            canStart={canStart && startable.includes(operation.type)}
            isChosen={chosen.has(operation.type)}
            onChoose={(isChosen) => toggle(operation.type, isChosen)}
            onRunAgain={() => startThese([operation.type])}
          />
        ))}
      </ul>
    </div>
  );
}
