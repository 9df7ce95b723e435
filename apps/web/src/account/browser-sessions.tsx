import { getQueryKey } from '@trpc/react-query';
import { Failure } from '../states/failure.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/account.js';
import { Ago } from '../time/when.js';
import { trpc, trpcClient } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { LoadMore } from '../ui/load-more.js';
import { Tag } from '../ui/tag.js';
import { usePages } from '../ui/use-pages.js';
import { toBrowserName } from './browser-name.js';

export function BrowserSessions() {
  const utils = trpc.useUtils();
  const list = usePages({
    queryKey: getQueryKey(trpc.auth.sessions, {}, 'infinite'),
    load: (cursor) => trpcClient.auth.sessions.query({ cursor }),
  });
  const revoke = trpc.auth.revokeSession.useMutation({
    onSuccess: async () => {
      announce(t('revoked'));
      await utils.auth.sessions.invalidate();
    },
  });
  return (
    <section className="card stack" aria-labelledby="sessions">
      <h2 id="sessions">{t('sessions')}</h2>
      <p className="soft">{t('sessionsLead')}</p>
      <Failure error={revoke.error} />
      <Loaded query={list}>
        {(items) => (
          <ul className="list">
            {items.map((session) => {
              const browser = toBrowserName(session.userAgent) ?? t('unknownBrowser');
              return (
                <li key={session.id} className="row apart">
                  <div className="grow">
                    <h3 className="row">
                      {browser} {session.current && <Tag>{t('current')}</Tag>}
                    </h3>
                    <p className="soft small">
                      {t('signedIn')} <Ago at={session.createdAt} />, {t('lastSeen')}{' '}
                      <Ago at={session.lastSeenAt} />
                    </p>
                  </div>
                  {!session.current && (
                    <Button
                      small
                      look="danger"
                      aria-label={t('revokeNamed', { browser })}
                      onClick={() => revoke.mutate({ sessionId: session.id })}
                    >
                      {t('revoke')}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
      <LoadMore list={list} />
    </section>
  );
}
