import { ROLES, ROLE_SUMMARIES } from '@gangway/contract/capabilities';
import { useState } from 'react';
import { ErrorSummary } from '../forms/error-summary.js';
import { SelectField, TextField } from '../forms/fields.js';
import { validateInput } from '../forms/validate-input.js';
import { useForm } from '../forms/use-form.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t } from '../texts/members.js';
import { toExact } from '../time/when.js';
import { trpc } from '../trpc.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';

const toRole = (typed: string) => ROLES.find((role) => role === typed) ?? 'viewer';

export function InviteForm() {
  const { id: workspaceId } = useWorkspace();
  const utils = trpc.useUtils();
  const invite = trpc.members.invite.useMutation();
  const [sent, setSent] = useState<{ email: string; until: string } | null>(null);
  const toInput = (values: { email: string; role: string }) => ({
    workspaceId,
    email: values.email,
    role: toRole(values.role),
  });
  const form = useForm({
    initial: { email: '', role: 'operator' },
    validate: async (values) =>
      validateInput((await import('@gangway/contract/members')).invite.in, toInput(values)),
    onSubmit: async (values) => {
      setSent(null);
      const { expiresAt } = await invite.mutateAsync(toInput(values));
      setSent({ email: values.email, until: toExact(expiresAt) });
      form.set({ email: '' });
      await utils.members.list.invalidate();
    },
  });
  return (
    <section className="card stack measure" aria-labelledby="invite">
      <h2 id="invite">{t('invite')}</h2>
      {sent && (
        <Notice tone="ok" isAlert>
          {t('sent', { email: sent.email, when: sent.until })}
        </Notice>
      )}
      <form className="form" noValidate onSubmit={(event) => void form.submit(event)}>
        <ErrorSummary {...form} labels={{ email: t('email'), role: t('role') }} />
        <Failure error={form.failure} />
        <TextField label={t('email')} type="email" field={form.field('email')} />
        <SelectField
          label={t('role')}
          hint={t('roleHint', { summary: ROLE_SUMMARIES[toRole(form.values.role)] })}
          options={ROLES.map((role) => ({
            value: role,
            label: role,
          }))}
          field={form.field('role')}
        />
        <div>
          <Button look="primary" type="submit" busy={form.isBusy}>
            {t('send')}
          </Button>
        </div>
      </form>
    </section>
  );
}
