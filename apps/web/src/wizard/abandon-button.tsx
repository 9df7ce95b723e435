import { useState } from 'react';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t as common } from '../texts/common.js';
import { t } from '../texts/identify.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useGo } from '../ui/use-go.js';

/** Ends an onboarding without a result; the tenant can be identified again. */
export function AbandonButton({ onboardingSessionId }: { onboardingSessionId: string }) {
  const { id: workspaceId, slug } = useWorkspace();
  const go = useGo();
  const utils = trpc.useUtils();
  const [isAsking, setAsking] = useState(false);
  const abandon = trpc.onboarding.abandon.useMutation({
    onSuccess: async () => {
      await utils.invalidate();
      announce(t('abandoned'));
      go(paths.home(slug));
    },
  });
  return (
    <>
      <Button look="quiet" small onClick={() => setAsking(true)}>
        {t('abandon')}
      </Button>
      <Dialog title={t('abandonTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>{t('abandonBody')}</p>
        <Failure error={abandon.error} />
        <div className="row">
          <Button
            look="danger"
            busy={abandon.isPending}
            onClick={() => abandon.mutate({ workspaceId, onboardingSessionId })}
          >
            {t('abandon')}
          </Button>
          <Button onClick={() => setAsking(false)}>{common('cancel')}</Button>
        </div>
      </Dialog>
    </>
  );
}
