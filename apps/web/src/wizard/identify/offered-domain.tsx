import { useId } from 'react';
import type { DomainOrId } from '@gangway/contract/domain-or-id';
import { t } from '../../texts/identify.js';
import { Button } from '../../ui/button.js';

interface Props {
  readonly slip: Extract<DomainOrId, { kind: 'email' | 'url' | 'microsoft' }>;
  /** Whether the field itself says already what was typed. */
  readonly isExplained: boolean;
  readonly onUse: () => void;
}

/** Says what was typed instead of a domain, and offers the domain that is in it. */
export function OfferedDomain({ slip, isExplained, onUse }: Props) {
  const hintId = useId();
  return (
    <div className="stack">
      {!isExplained && <p id={hintId}>{t(`${slip.kind}Hint`, { domain: slip.value })}</p>}
      <div>
        <Button onClick={onUse} aria-describedby={isExplained ? undefined : hintId}>
          {t('useInstead', { domain: slip.value })}
        </Button>
      </div>
    </div>
  );
}
