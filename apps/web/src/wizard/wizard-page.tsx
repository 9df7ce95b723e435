import type { OnboardingStep, Session } from '@gangway/contract/onboarding';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { isLive } from '../live/is-live.js';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Loaded } from '../states/loaded.js';
import { LoadingPage } from '../states/loading-page.js';
import { Loading } from '../states/loading.js';
import { NotFound } from '../states/not-found.js';
import { t } from '../texts/wizard-shell.js';
import { trpc } from '../trpc.js';
import { Notice } from '../ui/notice.js';
import { useGo } from '../ui/use-go.js';
import { AbandonButton } from './abandon-button.js';
import { AbandonedPage } from './abandoned-page.js';
import { toStepTitle } from './step-heading.js';
import { StepNav } from './step-nav.js';
import { isOnboardingStep, isPast } from './steps.js';
import { useColleague } from './use-colleague.js';

const POLL_MS = 1_500;
const LOOK_AGAIN_MS = 12_000;

const STEP_SCREENS = {
  identify: lazy(() => import('./identify/identified-step.js')),
  connection: lazy(() => import('./connection/connection-step.js')),
  verify: lazy(() => import('./verify/verify-step.js')),
  bootstrap: lazy(() => import('./bootstrap/bootstrap-step.js')),
  complete: lazy(() => import('./done/done-step.js')),
};

/** One step of one session. What is shown is decided by the server's facts and the address, by nothing else. */
export function WizardPage() {
  const { id: workspaceId } = useWorkspace();
  const { sessionId, step } = useParams({ from: '/signed-in/w/$slug/onboarding/$sessionId/$step' });
  const query = trpc.onboarding.get.useQuery(
    { workspaceId, onboardingSessionId: sessionId },
    {
      // Several bootstrap runs at once are one question, not one stream each: a browser holds six to a server. An open
      // session is read again now and then besides, because a colleague may carry it on; not in a hidden tab.
      refetchInterval: ({ state: { data } }) =>
        data?.bootstrap.some(isLive) ? POLL_MS : data?.status === 'open' && LOOK_AGAIN_MS,
      refetchOnWindowFocus: 'always',
    },
  );
  const { refetch } = query;
  useEffect(() => {
    // The window beside this one was never hidden, so only its focus tells that somebody looks at it again.
    const refresh = () => void refetch();
    window.addEventListener('focus', refresh);
    return () => window.removeEventListener('focus', refresh);
  }, [refetch]);
  if (!isOnboardingStep(step)) return <NotFound />;
  return (
    <Loaded query={query} isPage>
      {(session) =>
        session.status === 'abandoned' ? (
          <AbandonedPage session={session} />
        ) : (
          <Wizard session={session} asked={step} />
        )
      }
    </Loaded>
  );
}

function Wizard({ session, asked }: { session: Session; asked: OnboardingStep }) {
  const { slug, can } = useWorkspace();
  const go = useGo();
  const [wasRedirected, setRedirected] = useState(false);
  const colleague = useColleague(session);
  const isTooFar = isPast(asked, session.currentStep);
  // Nobody is thrown back into a wizard that is over.
  const hasEnded = session.status === 'completed' && asked !== 'complete';
  useEffect(() => {
    if (!isTooFar && !hasEnded) return;
    setRedirected(isTooFar);
    go(paths.onboarding(slug, session.id, session.currentStep), { replace: true });
  }, [isTooFar, hasEnded, slug, session.id, session.currentStep, go]);
  if (isTooFar || hasEnded) return null;
  const Screen = STEP_SCREENS[asked];
  return (
    <div className="wizard">
      <StepNav session={session} current={asked} />
      <div className="wizard-body stack">
        {colleague && <Notice tone="info">{t('colleague', { who: colleague })}</Notice>}
        {wasRedirected && asked === session.currentStep && <Notice tone="info">{t('redirected')}</Notice>}
        <Suspense fallback={asked === 'complete' ? <Loading /> : <LoadingPage title={toStepTitle(asked)} />}>
          <Screen key={asked} session={session} />
        </Suspense>
        {session.status === 'open' && can('onboarding:run') && (
          <div className="wizard-end">
            <AbandonButton onboardingSessionId={session.id} />
          </div>
        )}
      </div>
    </div>
  );
}
