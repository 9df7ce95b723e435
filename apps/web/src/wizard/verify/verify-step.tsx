import type { Session } from '@gangway/contract/onboarding';
import { useRef } from 'react';
import { useWorkspace } from '../../shell/workspace-context.js';
import { CapabilityNotice } from '../../states/capability-notice.js';
import { Failure } from '../../states/failure.js';
import { t } from '../../texts/verify.js';
import { trpc } from '../../trpc.js';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { consentOfSession } from '../consent/consent-of-session.js';
import { useConsentAction } from '../consent/use-consent-action.js';
import { StepHeading } from '../step-heading.js';
import { CheckList } from './check-list.js';
import { VerificationRun } from './verification-run.js';

/** One button starts the run, or joins the one that is live; the rest of the screen only looks. */
export default function VerifyStep({ session }: { session: Session }) {
  const { id: workspaceId, can } = useWorkspace();
  const utils = trpc.useUtils();
  const start = trpc.onboarding.startVerification.useMutation({
    onSuccess: async () => {
      announce(t('announceStarted'));
      await utils.onboarding.get.invalidate();
      // The button that was pressed is gone; the keyboard goes on where the result appears.
      stage.current?.focus({ preventScroll: true });
    },
  });
  const stage = useRef<HTMLElement>(null);
  const { connection, managedTenant, verification } = session;
  const consent = useConsentAction(consentOfSession(session), verification ? undefined : null);
  const startRun = () => start.mutate({ workspaceId, onboardingSessionId: session.id });
  const button = (label: string, look: 'primary' | 'secondary') =>
    can('onboarding:run') && (
      <Button look={look} busy={start.isPending} onClick={startRun}>
        {label}
      </Button>
    );
  return (
    <>
      <StepHeading step="verify" tenantName={managedTenant.name} cloud={connection?.cloud}>
        {t('title')}
      </StepHeading>
      <p className="soft">{t('lead')}</p>
      {!can('onboarding:run') && <CapabilityNotice capability="onboarding:run" />}
      <Failure error={start.error} onRetry={startRun} />
      <section ref={stage} tabIndex={-1} aria-label={t('stage')} className="stack stage">
        {verification ? (
          <VerificationRun
            key={verification.id}
            session={session}
            runId={verification.id}
            isStale={verification.stale}
            again={(look) => button(t('again'), look)}
          />
        ) : (
          <>
            <Notice
              tone="info"
              title={t('status.none')}
              actions={
                <>
                  {button(t('start'), consent.isFirst ? 'secondary' : 'primary')}
                  {consent.action}
                </>
              }
            >
              {t('status.noneBody')}
            </Notice>
            {consent.section}
            <h2>{t('checks')}</h2>
            <CheckList checks={[]} target={null} />
          </>
        )}
      </section>
    </>
  );
}
