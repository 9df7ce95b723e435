import type { Session } from '@gangway/contract/onboarding';
import { useEffect, useRef, useState } from 'react';
import { t } from '../texts/wizard-shell.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';

/**
 * Who else has carried the session on while this page showed it, said once for each time; null until then, and again
 * once the person at this page goes on themselves.
 */
export function useColleague({ version, updatedBy }: Session): string | null {
  const me = trpc.auth.me.useQuery(undefined, { staleTime: 60_000 }).data?.user.email;
  const seen = useRef(version);
  const [colleague, setColleague] = useState<string | null>(null);
  useEffect(() => {
    if (me === undefined || version <= seen.current) return;
    seen.current = version;
    const isOther = updatedBy !== me;
    setColleague(isOther ? updatedBy : null);
    if (isOther) announce(t('colleague', { who: updatedBy }));
  }, [version, updatedBy, me]);
  return colleague;
}
