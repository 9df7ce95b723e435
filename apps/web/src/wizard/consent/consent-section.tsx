import type { Session } from '@gangway/contract/onboarding';
import { useEffect, useId, useRef } from 'react';
import { paths } from '../../paths.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { Failure } from '../../states/failure.js';
import { t } from '../../texts/consent.js';
import { toExact } from '../../time/when.js';
import { trpc } from '../../trpc.js';
import { announce } from '../../ui/announcer.js';
import { AppLink } from '../../ui/app-link.js';
import { Button } from '../../ui/button.js';
import { Identifier } from '../../ui/identifier.js';
import { ConsentState } from './consent-state.js';
import { HandOffLink } from './hand-off-link.js';
import { useAnnouncedConsent } from './use-announced-consent.js';
import { useConsent } from './use-consent.js';
import './consent.css';

interface Props {
  readonly session: Session;
  /** Stands beside the verification itself. */
  readonly isBesideVerification?: boolean;
  /** Somebody has just asked for it: the keyboard goes on here. */
  readonly isWanted?: boolean;
}

/** Asks for the consent that the selected connection needs: by oneself, or by a link for who may give it. */
export function ConsentSection({ session, isBesideVerification = false, isWanted = false }: Props) {
  const { id: workspaceId, slug, can } = useWorkspace();
  const heading = useRef<HTMLHeadingElement>(null);
  const asked = { workspaceId, onboardingSessionId: session.id };
  const query = useConsent(session);
  const { refetch } = query;
  const { latest, openLink } = query.data ?? {};
  // Beside a verification, whatever opened this does: there it may close with the very news.
  useAnnouncedConsent(isBesideVerification ? undefined : latest);
  const start = trpc.consent.start.useMutation({ onSuccess: ({ url }) => location.assign(url) });
  const create = trpc.consent.createHandOffLink.useMutation({
    onSuccess: () => {
      announce(t('linkCreated'));
      refetch();
    },
  });
  const revoke = trpc.consent.revokeHandOffLink.useMutation({
    onSuccess: () => {
      announce(t('revoked'));
      create.reset();
      // The button that was pressed is gone with the link.
      heading.current?.focus();
      refetch();
    },
  });
  const id = useId();
  useEffect(() => {
    if (isWanted) heading.current?.focus();
  }, [isWanted]);
  const isMine = can('onboarding:run');
  const revokeButton = isMine && (
    <Button small look="danger" busy={revoke.isPending} onClick={() => revoke.mutate(asked)}>
      {t('revoke')}
    </Button>
  );
  return (
    <section className="stack consent" aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {t('title')}
      </h2>
      <p className="soft measure">{t('lead', { name: session.managedTenant.name })}</p>
      <Failure error={query.error} onRetry={refetch} />
      {query.data && isMine && (
        <details className="small">
          <summary>{t('before')}</summary>
          <p>{t('beforeBody')}</p>
          <p>
            <Identifier value={query.data.redirectUri} />
          </p>
        </details>
      )}
      {latest && (
        <ConsentState
          request={latest}
          revoke={revokeButton}
          toVerification={
            !isBesideVerification && (
              <AppLink small look="secondary" href={paths.onboarding(slug, session.id, 'verify')}>
                {t('seeVerification')}
              </AppLink>
            )
          }
        />
      )}
      {openLink && openLink.id !== latest?.id && (
        <div className="row">
          <p>{t('openLink', { who: openLink.createdBy, when: toExact(openLink.expiresAt) })}</p>
          {revokeButton}
        </div>
      )}
      {create.data && openLink?.id === create.data.consentRequestId && <HandOffLink {...create.data} />}
      <Failure error={start.error ?? create.error ?? revoke.error} />
      {isMine && (
        <div className="row">
          <Button
            look={isBesideVerification ? 'primary' : 'secondary'}
            busy={start.isPending}
            onClick={() => start.mutate(asked)}
          >
            {t('direct')}
          </Button>
          <Button busy={create.isPending} onClick={() => create.mutate(asked)}>
            {t(openLink ? 'newLink' : 'link')}
          </Button>
          {openLink && <p className="soft small">{t('newLinkHint')}</p>}
        </div>
      )}
    </section>
  );
}
