import { paths } from '../paths.js';
import { OPERATION_TITLES } from '../runs/operation-titles.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/home.js';
import { trpc } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { Progress } from '../ui/progress.js';

const POLL_MS = 4_000;

/** What is working right now. One cheap list, asked again while there is something in it; no stream per run. */
export function LiveRuns() {
  const { id: workspaceId, slug } = useWorkspace();
  const query = trpc.operations.list.useQuery(
    { workspaceId, live: true, limit: 20 },
    { refetchInterval: ({ state }) => (state.data?.items.length ?? 0) > 0 && POLL_MS },
  );
  const runs = query.data?.items ?? [];
  if (runs.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="live-runs">
      <h2 id="live-runs">{t('home.runs')}</h2>
      <ul className="card list">
        {runs.map((run) => (
          <li key={run.id} className="row apart">
            <div className="grow stack tight">
              <div className="row apart">
                <div className="row">
                  <h3>{OPERATION_TITLES[run.type]}</h3>
                  <span className="soft">{run.managedTenantName}</span>
                </div>
                <span className="soft small">{run.progress} %</span>
              </div>
              <Progress value={run.progress} label={OPERATION_TITLES[run.type]} />
            </div>
            <AppLink
              href={paths.run(slug, run.id)}
              look="secondary"
              aria-label={`${t('home.watch')}: ${OPERATION_TITLES[run.type]}`}
            >
              {t('home.watch')}
            </AppLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
