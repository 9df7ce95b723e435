import { useEffect, useId, useRef } from 'react';
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
import { useConsent, type AskedFrom } from './use-consent.js';
import './consent.css';

export interface AskedConsent {
  readonly from: AskedFrom;
  /** Of the managed tenant. */
  readonly tenantName: string;
  readonly heading?: 'h2' | 'h4';
}

interface Props extends AskedConsent {
  /** Where the verification is; null: beside this. */
  readonly verificationHref: string | null;
  /** Somebody has just asked for it: the keyboard goes on here. */
  readonly isWanted?: boolean;
}

/** Asks for the consent that a connection needs: by oneself, or by a link for who may give it. */
export function ConsentSection(props: Props) {
  const { from, tenantName, heading: Heading = 'h2', verificationHref, isWanted = false } = props;
  const { id: workspaceId, can } = useWorkspace();
  const isBesideVerification = verificationHref === null;
  const heading = useRef<HTMLHeadingElement>(null);
  const asked = { workspaceId, ...from };
  const query = useConsent(from);
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
      <Heading id={id} ref={heading} tabIndex={-1}>
        {t('title')}
      </Heading>
      <p className="soft measure">{t('lead', { name: tenantName })}</p>
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
              <AppLink small look="secondary" href={verificationHref}>
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
