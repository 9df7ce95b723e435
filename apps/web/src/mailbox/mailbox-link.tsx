import { useQuery } from '@tanstack/react-query';
import { paths } from '../paths.js';
import { t } from '../texts/mailbox.js';
import { AppLink } from '../ui/app-link.js';

/** The way to the mails of a demo; nothing where the server sends real ones. */
export function MailboxLink() {
  const isDemo = useQuery({
    queryKey: ['demo-mailbox', 'exists'],
    queryFn: async () => (await fetch('/api/demo/mailbox', { method: 'HEAD' })).ok,
    staleTime: Infinity,
  });
  return isDemo.data ? <AppLink href={paths.mailbox()}>{t('open')}</AppLink> : null;
}
