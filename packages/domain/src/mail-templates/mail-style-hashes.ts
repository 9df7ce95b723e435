import { createHash } from 'node:crypto';
import { HOUSE_MAILS } from './house/house-mails.js';

/** How a content policy names the style sheets of our mails, where it shows them: `'sha256-…'` (CSP Level 3, 2.3.1). */
export const MAIL_STYLE_HASHES: readonly string[] = [HOUSE_MAILS.frame, HOUSE_MAILS.partnerFrame].map(
  (html) => {
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    return `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
  },
);
