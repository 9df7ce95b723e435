import { CLOUD_NAMES } from '@gangway/contract/clouds';
import { paths } from '../../paths.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { Failure } from '../../states/failure.js';
import { t } from '../../texts/identify.js';
import { AppLink } from '../../ui/app-link.js';
import { Identifier } from '../../ui/identifier.js';
import { Notice } from '../../ui/notice.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { SandboxTag } from '../../ui/tag.js';
import type { Candidate, Existing } from './candidate.js';
import { TenantChoices } from './tenant-choices.js';

/** How far the workspace is with a tenant it has. One that is neither on board nor being onboarded was given up. */
export function toStanding({ onboardingSessionId, status }: Existing): 'open' | 'done' | 'abandoned' {
  if (onboardingSessionId) return 'open';
  return status === 'active' ? 'done' : 'abandoned';
}

interface Props {
  readonly isLooking: boolean;
  /** The tenant, and all there are to choose from where there are several. */
  readonly found: Candidate | undefined;
  readonly choices: readonly Candidate[];
  readonly onChoose: (choice: Candidate) => void;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** What Microsoft knows about what was typed, and whether the workspace has it already. */
export function DiscoveryResult({ isLooking, found, choices, error, onChoose, onRetry }: Props) {
  if (isLooking && !found) return <StatusBadge tone="live">{t('looking')}</StatusBadge>;
  if (!found) return <Failure error={error} onRetry={onRetry} />;
  return (
    <div className="card flat stack">
      <div className="row">
        <StatusBadge tone="ok">{t('foundTitle')}</StatusBadge>
        <SandboxTag cloud={found.cloud} />
      </div>
      {choices.length > 1 && <TenantChoices choices={choices} chosen={found} onChoose={onChoose} />}
      <dl className="facts">
        <dt>{t('tenantId')}</dt>
        <dd>
          <Identifier value={found.entraTenantId} />
        </dd>
        <dt>{t('cloud')}</dt>
        <dd>{CLOUD_NAMES[found.cloud]}</dd>
      </dl>
      {found.existing && <ExistingNotice existing={found.existing} />}
    </div>
  );
}

const BODIES = { open: 'existingOpen', done: 'existingDone', abandoned: 'existingAbandoned' } as const;

function ExistingNotice({ existing }: { existing: Existing }) {
  const { slug } = useWorkspace();
  const { managedTenantId, onboardingSessionId } = existing;
  return (
    <Notice
      tone="info"
      title={t('existing')}
      actions={
        onboardingSessionId ? (
          <AppLink href={paths.onboarding(slug, onboardingSessionId, 'connection')} look="secondary" small>
            {t('resume')}
          </AppLink>
        ) : (
          <AppLink href={paths.tenant(slug, managedTenantId)} look="secondary" small>
            {t('open')}
          </AppLink>
        )
      }
    >
      {t(BODIES[toStanding(existing)])}
    </Notice>
  );
}
