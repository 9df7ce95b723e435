import { useState } from 'react';
import { t } from '../texts/mailbox.js';
import './mail-text.css';

/** A mail as a mail program shows it: in a frame of its own that runs nothing and whose links open another tab. */
export function MailHtml({ html, subject }: { html: string; subject: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('html')}</summary>
      {isOpen && (
        <iframe
          className="mail-html"
          title={t('htmlOf', { subject })}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={`<base target="_blank">${html}`}
        />
      )}
    </details>
  );
}
