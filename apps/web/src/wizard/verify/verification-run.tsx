import type { Session } from '@gangway/contract/onboarding';
import { type ReactNode, useEffect } from 'react';
import { isLive } from '../../live/is-live.js';
import { useLiveRun } from '../../live/use-live-run.js';
import { paths } from '../../paths.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { Loaded } from '../../states/loaded.js';
import { Reconnecting } from '../../states/reconnecting.js';
import { t } from '../../texts/verify.js';
import { trpc } from '../../trpc.js';
import { AppLink } from '../../ui/app-link.js';
import { consentOfSession } from '../consent/consent-of-session.js';
import { useConsentAction } from '../consent/use-consent-action.js';
import { CheckList } from './check-list.js';
import { Diagnostics } from './diagnostics.js';
import { PermissionTable } from './permission-table.js';
import { useAnnouncedRun } from './use-announced-run.js';
import { useFixAction } from './use-fix-action.js';
import { VerificationStatus } from './verification-status.js';

interface Props {
  readonly session: Session;
  readonly runId: string;
  readonly isStale: boolean;
  /** The button that runs it again. */
  readonly again: (look: 'primary' | 'secondary') => ReactNode;
}

/** The newest verification, live while it runs. */
export function VerificationRun({ session, runId, isStale, again }: Props) {
  const { id: workspaceId, slug } = useWorkspace();
  const utils = trpc.useUtils();
  const { query, isStreamLost } = useLiveRun(workspaceId, runId);
  // The session may have been read before the run ended, also when nobody here saw it running.
  const isBehind = query.data !== undefined && !isLive(query.data) && isLive(session.verification);
  useEffect(() => {
    if (isBehind) void utils.onboarding.get.invalidate();
  }, [isBehind, utils]);
  useAnnouncedRun(query.data);
  const { connection } = session;
  const isVerified = query.data?.status === 'succeeded' && !isStale;
  const consent = useConsentAction(consentOfSession(session), isStale ? undefined : query.data);
  const mend = useFixAction(connection, query.data, isStale);
  const isMendFirst = mend.fixing !== null && !isStale;
  return (
    <Loaded query={query}>
      {(run) => (
        <>
          <VerificationStatus
            run={run}
            isStale={isStale}
            actions={
              !isLive(run) && (
                <>
                  {isVerified && (
                    <AppLink href={paths.onboarding(slug, session.id, 'bootstrap')} look="primary">
                      {t('continue')}
                    </AppLink>
                  )}
                  {consent.action}
                  {mend.action}
                  {again(isVerified || consent.isFirst || isMendFirst ? 'secondary' : 'primary')}
                  {!isVerified && mend.fixing !== 'edit' && (
                    <AppLink href={paths.onboarding(slug, session.id, 'connection')} look="quiet">
                      {t('editConnection')}
                    </AppLink>
                  )}
                </>
              )
            }
          />
          {mend.dialog}
          {consent.section}
          {isStreamLost && <Reconnecting updatedAt={query.dataUpdatedAt} />}
          <h2>{t('checks')}</h2>
          <CheckList checks={run.checks ?? []} target={connection} />
          {run.permissions && run.permissions.length > 0 && <PermissionTable permissions={run.permissions} />}
          <div className="row">
            <Diagnostics run={run} />
          </div>
        </>
      )}
    </Loaded>
  );
}
