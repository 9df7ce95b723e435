import { type ReactNode, useEffect, useMemo } from 'react';
import { paths } from '../paths.js';
import { t } from '../texts/handoff.js';
import { AppLink } from '../ui/app-link.js';
import { PageHeading } from '../ui/page-heading.js';

function EndPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page">
      <PageHeading>{title}</PageHeading>
      <div className="stack measure">{children}</div>
    </div>
  );
}

/** After a hand-off: somebody came back from Microsoft. */
export function ThanksPage() {
  return (
    <EndPage title={t('thanksTitle')}>
      <p>{t('thanks')}</p>
    </EndPage>
  );
}

/** After a hand-off that was declined, or that Microsoft refused. */
export function RefusedPage() {
  return (
    <EndPage title={t('refusedTitle')}>
      <p>{t('refused')}</p>
    </EndPage>
  );
}

/**
 * The way back again with its answer in the query, if it stands behind the `#`, which no server gets to see; null: it
 * does not.
 */
export function answerInFragment({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>) {
  const answer = new URLSearchParams(hash.slice(1));
  const isAnswer = answer.has('state') && (answer.has('error') || answer.has('admin_consent'));
  return search === '' && isAnswer ? `${pathname}?${answer.toString()}` : null;
}

/** A way back from Microsoft that cannot be taken any more; the server sends it as 410. */
export function ReturnOverPage() {
  const answer = useMemo(() => answerInFragment(location), []);
  useEffect(() => {
    if (answer !== null) location.replace(answer);
  }, [answer]);
  if (answer !== null) return null;
  return (
    <EndPage title={t('returnTitle')}>
      <p>{t('returnBody')}</p>
      <p>{t('returnMember')}</p>
      <p>{t('returnGuest')}</p>
      <p>
        <AppLink href={paths.workspaces()} look="secondary">
          {t('workspaces')}
        </AppLink>
      </p>
    </EndPage>
  );
}
