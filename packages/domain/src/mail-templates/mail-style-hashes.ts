import { createHash } from 'node:crypto';
import { DEFAULT_MAILS } from './defaults/default-mails.js';

/** How a content policy names the style sheets of our mails, where it shows them: `'sha256-…'` (CSP Level 3, 2.3.1). */
export const MAIL_STYLE_HASHES: readonly string[] = [DEFAULT_MAILS.frame, DEFAULT_MAILS.partnerFrame].map(
  (html) => {
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    return `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
  },
);
