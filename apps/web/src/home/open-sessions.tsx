import type { SessionSummary } from '@gangway/contract/onboarding';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/home.js';
import { t as wizard } from '../texts/wizard-shell.js';
import { Ago, toSince } from '../time/when.js';
import { trpc } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { StatusBadge } from '../ui/status-badge.js';

const POLL_MS = 15_000;
const isWaiting = ({ waitingForConsentSince }: SessionSummary) => waitingForConsentSince !== null;

/** The onboardings somebody left in the middle; whoever of the team may onboard can carry on, the others can look. */
export function OpenSessions() {
  const { id: workspaceId, can } = useWorkspace();
  const query = trpc.onboarding.list.useQuery(
    { workspaceId, status: 'open', limit: 20 },
    { refetchInterval: ({ state }) => state.data?.items.some(isWaiting) === true && POLL_MS },
  );
  const sessions = query.data?.items ?? [];
  if (sessions.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="open-sessions">
      <h2 id="open-sessions">{t(can('onboarding:run') ? 'home.sessions' : 'home.sessionsOpen')}</h2>
      <p className="soft">{t('home.sessionsLead')}</p>
      <ul className="card list">
        {sessions.map((session) => (
          <OpenSession key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

function OpenSession({ session }: { session: SessionSummary }) {
  const { slug, can } = useWorkspace();
  const verb = t(can('onboarding:run') ? 'home.continue' : 'home.view');
  const { managedTenant, currentStep, waitingForConsentSince } = session;
  return (
    <li className="row apart">
      <div className="grow">
        <div className="row">
          <h3>{managedTenant.name}</h3>
          {session.attention > 0 && (
            <StatusBadge tone="warn">{t('home.attention', { count: session.attention })}</StatusBadge>
          )}
        </div>
        <p className="soft">
          {waitingForConsentSince ? (
            t('home.waiting', { since: toSince(waitingForConsentSince) })
          ) : (
            <>
              {t('home.stopped', { step: wizard(`step.${currentStep}`) })} <Ago at={session.updatedAt} />{' '}
              {t('home.by', { who: session.updatedBy })}
            </>
          )}
        </p>
      </div>
      <AppLink
        href={paths.onboarding(slug, session.id, currentStep)}
        look="secondary"
        aria-label={`${verb}: ${managedTenant.name}`}
      >
        {verb}
      </AppLink>
    </li>
  );
}
