import { readDomainOrId } from '@gangway/contract/domain-or-id';
import type { FieldError } from '@gangway/contract/errors';
import { useEffect, useEffectEvent, useState, type FormEvent } from 'react';
import { fieldErrorsOf } from '../../errors.js';
import { ErrorSummary } from '../../forms/error-summary.js';
import { TextField } from '../../forms/fields.js';
import { useForm } from '../../forms/use-form.js';
import { paths } from '../../paths.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { Failure } from '../../states/failure.js';
import { t } from '../../texts/identify.js';
import { trpc } from '../../trpc.js';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { useGo } from '../../ui/use-go.js';
import { type Candidate, toChosen } from './candidate.js';
import { DiscoveryResult, toStanding } from './discovery-result.js';
import { OfferedDomain } from './offered-domain.js';
import { suggestName } from './suggest-name.js';
import { useDebounced } from './use-debounced.js';

function validate({ domainOrId, name }: { domainOrId: string; name: string }): FieldError[] {
  const read = readDomainOrId(domainOrId);
  const found: FieldError[] = [];
  if (read.kind === 'unknown') found.push({ field: 'domainOrId', message: t('required') });
  else if (read.kind !== 'found')
    found.push({ field: 'domainOrId', message: t(`${read.kind}Hint`, { domain: read.value }) });
  if (name.trim() === '') found.push({ field: 'name', message: t('nameRequired') });
  return found;
}

/** What Microsoft is asked about; empty for what names no tenant. */
function toAsked(domainOrId: string): string {
  const read = readDomainOrId(domainOrId);
  return read.kind === 'found' ? read.value : '';
}

/** Asks Microsoft while one types, and makes the tenant known to the workspace on Continue. */
export function IdentifyForm() {
  const { id: workspaceId, slug } = useWorkspace();
  const go = useGo();
  const utils = trpc.useUtils();
  const identify = trpc.onboarding.identifyTenant.useMutation();
  const [choice, setChoice] = useState<Candidate | null>(null);
  const form = useForm({
    initial: { domainOrId: '', name: '' },
    draft: { key: `identify:${workspaceId}`, secrets: [] },
    validate,
    onSubmit: async ({ domainOrId, name }) => {
      const asked = { workspaceId, domainOrId: toAsked(domainOrId) };
      const answer = await utils.managedTenants.discover.fetch(asked, { staleTime: 60_000 });
      const { entraTenantId, cloud } = toChosen(answer, choice);
      const opened = await identify.mutateAsync({
        workspaceId,
        entraTenantId,
        cloud,
        name,
        domain: answer.domain,
      });
      await utils.onboarding.list.invalidate();
      await utils.managedTenants.invalidate();
      go(paths.onboarding(slug, opened.onboardingSessionId, opened.currentStep));
    },
  });
  const typed = readDomainOrId(form.values.domainOrId);
  const asked = useDebounced(toAsked(form.values.domainOrId), 450);
  const discovery = trpc.managedTenants.discover.useQuery(
    { workspaceId, domainOrId: asked },
    { enabled: asked !== '', retry: false, staleTime: 60_000, refetchOnWindowFocus: false },
  );
  const found = asked === '' ? undefined : discovery.data;
  // While somebody types on, what was found is about a domain that is not in the field any more.
  const current = asked === toAsked(form.values.domainOrId) ? found : undefined;
  const label = current && (current.domain ?? current.entraTenantId);
  const follow = useEffectEvent(() => {
    form.suggest({ name: suggestName(current?.domain ?? null) });
    if (label !== undefined) announce(t('announceFound', { domain: label }));
  });
  // The suggested name follows the domain until somebody edits it.
  useEffect(() => follow(), [label]);
  const chosen = found && toChosen(found, choice);
  const standing = current && chosen?.existing && toStanding(chosen.existing);
  const refused = fieldErrorsOf(discovery.error)[0]?.message;
  const field = form.field('domainOrId');
  function submit(event: FormEvent) {
    // Without its button a form of one field is still sent by the Enter key.
    if (standing === 'done') event.preventDefault();
    else void form.submit(event);
  }
  return (
    <form className="form" noValidate onSubmit={submit}>
      <ErrorSummary {...form} labels={{ domainOrId: t('domain'), name: t('name') }} />
      <Failure error={form.failure} onRetry={() => void form.submit()} />
      <TextField
        label={t('domain')}
        hint={t('domainHint')}
        field={{ ...field, error: field.error ?? (discovery.isFetching ? undefined : refused) }}
      />
      {typed.kind !== 'found' && typed.kind !== 'unknown' && (
        <OfferedDomain
          slip={typed}
          isExplained={field.error !== undefined}
          onUse={() => {
            form.set({ domainOrId: typed.value });
            // The button goes away: whoever uses the keyboard stays at the field.
            document.getElementById(field.id)?.focus();
          }}
        />
      )}
      {asked !== '' && (
        <DiscoveryResult
          isLooking={discovery.isFetching}
          found={chosen}
          choices={found?.choices ?? []}
          onChoose={setChoice}
          error={refused ? null : discovery.error}
          onRetry={() => void discovery.refetch()}
        />
      )}
      {standing !== 'done' && (
        <>
          <TextField label={t('name')} hint={t('nameHint')} field={form.field('name')} />
          <div className="actions">
            <Button look="primary" type="submit" busy={form.isBusy}>
              {t(standing === 'abandoned' ? 'beginAgain' : 'continue')}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}
