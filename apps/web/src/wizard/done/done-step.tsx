import type { Session } from '@gangway/contract/onboarding';
import { useEffect } from 'react';
import { isLive } from '../../live/is-live.js';
import { paths } from '../../paths.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { Loaded } from '../../states/loaded.js';
import { SnapshotSection } from '../../tenants/snapshot/snapshot-section.js';
import { t } from '../../texts/done.js';
import { Ago, toDay } from '../../time/when.js';
import { trpc } from '../../trpc.js';
import { AppLink } from '../../ui/app-link.js';
import { Identifier } from '../../ui/identifier.js';
import { Notice } from '../../ui/notice.js';
import { PageHeading } from '../../ui/page-heading.js';
import { SandboxTag } from '../../ui/tag.js';

const WARN_MS = 60 * 86_400_000;

/** What is live now, the first numbers, and where to go. */
export default function DoneStep({ session }: { session: Session }) {
  const { id: workspaceId, slug } = useWorkspace();
  const { managedTenant, connection, bootstrap } = session;
  const utils = trpc.useUtils();
  const tenant = trpc.managedTenants.get.useQuery({ workspaceId, managedTenantId: managedTenant.id });
  const liveCount = bootstrap.filter(isLive).length;
  useEffect(() => {
    void utils.managedTenants.get.invalidate();
  }, [liveCount, utils]);
  const expiresAt = connection?.credential?.expiresAt ?? null;
  const isEnding = expiresAt !== null && Date.parse(expiresAt) - Date.now() < WARN_MS;
  return (
    <>
      <PageHeading documentTitle={t('documentTitle')} eyebrow={<SandboxTag cloud={connection?.cloud} />}>
        {t('title', { name: managedTenant.name })}
      </PageHeading>
      {expiresAt && isEnding && <Notice tone="warn">{t('expiry', { when: toDay(expiresAt) })}</Notice>}
      {liveCount > 0 && <Notice tone="live">{t('running', { count: liveCount })}</Notice>}
      <section className="card stack" aria-labelledby="live">
        <h2 id="live">{t('live')}</h2>
        <dl className="facts">
          <dt>{t('live.tenant')}</dt>
          <dd>
            <Identifier value={managedTenant.entraTenantId} />
          </dd>
          {connection && (
            <>
              <dt>{t('live.connection')}</dt>
              <dd>{connection.displayName}</dd>
            </>
          )}
          {connection?.verifiedAt && (
            <>
              <dt>{t('live.verified')}</dt>
              <dd>
                <Ago at={connection.verifiedAt} />
              </dd>
            </>
          )}
          {connection?.credential && (
            <>
              <dt>{t('live.credential')}</dt>
              <dd>{connection.credential.hint}</dd>
            </>
          )}
        </dl>
      </section>
      <Loaded query={tenant}>{({ snapshots }) => <SnapshotSection snapshots={snapshots} />}</Loaded>
      <section className="stack" aria-labelledby="next">
        <h2 id="next">{t('next')}</h2>
        <div className="row">
          <AppLink href={paths.tenant(slug, managedTenant.id)} look="primary">
            {t('openTenant')}
          </AppLink>
          <AppLink href={paths.newOnboarding(slug)} look="secondary">
            {t('another')}
          </AppLink>
        </div>
      </section>
    </>
  );
}
