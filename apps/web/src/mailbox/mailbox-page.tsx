import { useQuery } from '@tanstack/react-query';
import { Empty } from '../states/empty.js';
import { Loaded } from '../states/loaded.js';
import { NotFound } from '../states/not-found.js';
import { t } from '../texts/mailbox.js';
import { Ago } from '../time/when.js';
import { Button } from '../ui/button.js';
import { PageHeading } from '../ui/page-heading.js';
import { MailHtml } from './mail-html.js';
import { MailText } from './mail-text.js';

interface Mail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string;
  readonly createdAt: string;
}

/** Null where the server is no demo and has no such route. */
async function loadMails(): Promise<readonly Mail[] | null> {
  const response = await fetch('/api/demo/mailbox');
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`The mailbox answered ${response.status}`);
  return ((await response.json()) as { items: Mail[] }).items;
}

export function MailboxPage() {
  const query = useQuery({ queryKey: ['demo-mailbox'], queryFn: loadMails, refetchInterval: 5_000 });
  if (query.data === null) return <NotFound />;
  return (
    <div className="page">
      <PageHeading aside={<Button onClick={() => void query.refetch()}>{t('refresh')}</Button>}>
        {t('title')}
      </PageHeading>
      <div className="stack">
        <p className="soft">{t('lead')}</p>
        <Loaded query={query}>
          {(mails) =>
            !mails || mails.length === 0 ? (
              <Empty title={t('empty')}>{t('emptyBody')}</Empty>
            ) : (
              <ul className="stack">
                {mails.map((mail) => (
                  <li key={mail.messageId} className="card stack tight">
                    <div className="row apart">
                      <h2>{mail.subject}</h2>
                      <span className="soft small">
                        <Ago at={mail.createdAt} />
                      </span>
                    </div>
                    <p className="soft">{t('to', { to: mail.to })}</p>
                    <MailText text={mail.text} />
                    {mail.html && <MailHtml html={mail.html} subject={mail.subject} />}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </div>
  );
}
