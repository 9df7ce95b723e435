import type { Cloud } from '@gangway/contract/clouds';
import type { Connection } from '@gangway/contract/connections';
import type { Session } from '@gangway/contract/onboarding';
import { useEffect, useEffectEvent, useState } from 'react';
import { ErrorSummary } from '../../forms/error-summary.js';
import { validateInput } from '../../forms/validate-input.js';
import { useForm, type Form } from '../../forms/use-form.js';
import { paths } from '../../paths.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { Failure } from '../../states/failure.js';
import { t } from '../../texts/connection.js';
import { trpc } from '../../trpc.js';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { useGo } from '../../ui/use-go.js';
import { CONNECTION_LABELS } from './connection-labels.js';
import { ConnectionChoice } from './connection-choice.js';
import { CREDENTIAL_SECRETS, EMPTY_CREDENTIAL } from './credential-values.js';
import { FixActions, FixDialogs, type Fixing } from './fix-connection.js';
import { NewConnectionFields, toNewConnection } from './new-connection-fields.js';
import { unusedName } from './unused-name.js';

interface Props {
  readonly session: Session;
  readonly connections: readonly Connection[];
  readonly cloud: Cloud;
  /** Opens the consent of the saved connection; null where it is open. */
  readonly onAskForConsent: (() => void) | null;
}

/** Takes an existing connection or makes one. The version is the one this person saw, so that nobody is overwritten. */
export function ConnectionForm({ session, connections, cloud, onAskForConsent }: Props) {
  const { id: workspaceId, slug, can } = useWorkspace();
  const go = useGo();
  const utils = trpc.useUtils();
  const select = trpc.onboarding.selectConnection.useMutation();
  const preferred = session.connection?.id ?? connections.find(({ isDefault }) => isDefault)?.id ?? 'new';
  const [version, setVersion] = useState(session.version);
  const initial = {
    ...EMPTY_CREDENTIAL,
    choice: preferred,
    displayName: unusedName(session.managedTenant.name, connections),
    cloud: cloud as string,
    clientId: '',
  };
  const form: Form<typeof initial> = useForm({
    initial,
    draft: { key: `connection:${session.id}`, secrets: [...CREDENTIAL_SECRETS, 'choice'] },
    validate: async (values) =>
      values.choice === 'new'
        ? validateInput(
            (await import('@gangway/contract/connections')).newConnection,
            toNewConnection(values),
          )
        : [],
    onSubmit: (values) => saveAndGo(values, version),
  });
  const chosen = connections.find(({ id }) => id === form.values.choice);
  const [fixing, setFixing] = useState<Fixing | null>(null);
  const isSaved = form.values.choice === session.connection?.id;
  // Until this person has chosen or typed something the form shows what the session holds, also when a colleague or
  // another tab changes that. Afterwards it stays theirs, and the version they saw says whether somebody was quicker.
  const [isTouched, setTouched] = useState(false);
  const follow = useEffectEvent(() => {
    if (isTouched) return;
    setVersion(session.version);
    form.set({ choice: preferred });
  });
  useEffect(() => follow(), [session.version, preferred]);
  // What is cached may be from before the person went on, here or in another tab.
  useEffect(() => void utils.onboarding.get.invalidate(), [utils]);

  /** What was prefilled, or kept from before, may have become the name of the connection that was made with it. */
  function choose(choice: string) {
    const displayName = unusedName(form.values.displayName, connections);
    form.set(choice === 'new' ? { choice, displayName } : { choice });
  }

  async function saveAndGo(values: typeof initial, seenVersion: number) {
    await save(values, seenVersion);
    go(paths.onboarding(slug, session.id, 'verify'));
  }

  async function saveAndAsk(values: typeof initial) {
    const saved = await save(values, version);
    setVersion(saved.version);
    form.set({ choice: saved.providerConnectionId });
    onAskForConsent?.();
  }

  async function save(values: typeof initial, seenVersion: number) {
    const chosen =
      values.choice === 'new' ? { create: toNewConnection(values) } : { providerConnectionId: values.choice };
    const saved = await select.mutateAsync({
      workspaceId,
      onboardingSessionId: session.id,
      version: seenVersion,
      ...chosen,
    });
    form.set({ clientSecret: '', privateKeyPem: '' });
    setTouched(false);
    await Promise.all([utils.onboarding.get.invalidate(), utils.connections.list.invalidate()]);
    announce(t('saved'));
    return saved;
  }

  async function reload() {
    const fresh = await utils.onboarding.get.fetch(
      { workspaceId, onboardingSessionId: session.id },
      { staleTime: 0 },
    );
    await utils.connections.list.invalidate();
    setTouched(false);
    setVersion(fresh.version);
    form.set({ choice: fresh.connection?.id ?? 'new' });
    form.clearFailure();
  }

  return (
    <>
      <form
        className="form"
        noValidate
        onChange={() => setTouched(true)}
        onSubmit={(event) => void form.submit(event)}
      >
        <ErrorSummary {...form} labels={CONNECTION_LABELS} />
        <Failure
          error={form.failure}
          onRetry={() => void form.submit()}
          onReload={() => void reload()}
          onKeepMine={(theirs) => {
            setVersion(theirs);
            void form.submitWith((values) => saveAndGo(values, theirs));
          }}
        />
        {connections.length > 0 && (
          <ConnectionChoice connections={connections} chosen={form.values.choice} onChoose={choose} />
        )}
        {chosen && can('connection:manage') && <FixActions connection={chosen} onFix={setFixing} />}
        {form.values.choice === 'new' && <NewConnectionFields form={form} found={cloud} />}
        <div className="actions">
          <Button look="primary" type="submit" busy={form.isBusy}>
            {t('continue')}
          </Button>
          {isSaved && onAskForConsent && <Button onClick={onAskForConsent}>{t('askForConsent')}</Button>}
          {!isSaved && (
            <Button busy={form.isBusy} onClick={() => void form.submitWith(saveAndAsk)}>
              {t('saveAndAsk')}
            </Button>
          )}
        </div>
      </form>
      {chosen && <FixDialogs connection={chosen} fixing={fixing} onClose={() => setFixing(null)} />}
    </>
  );
}
