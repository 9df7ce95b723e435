import type { Response } from 'express';

/** The words on the buttons, and what the form sends. */
export type ConsentAnswer = 'Accept' | 'Cancel' | 'Withdraw';

interface ConsentPage {
  readonly directory: string;
  readonly permissions: readonly { readonly name: string; readonly reads: string }[];
  readonly givenAt: Date | null;
  readonly answers: readonly ConsentAnswer[];
  /** Origin that the form's answer leads to. */
  readonly returnsTo: string;
}

/** The page an administrator of an emulated directory decides on. */
export function sendConsentPage(response: Response, page: ConsentPage): void {
  const rows = page.permissions.map(({ name, reads }) => `<li><b>${reads}</b><br><code>${name}</code></li>`);
  const buttons = page.answers.map((answer) => `<button name="answer" value="${answer}">${answer}</button>`);
  const given = page.givenAt
    ? `<p><b>Consent was given</b> at ${page.givenAt.toISOString()}. Withdraw it to see the scenario again.</p>`
    : '';
  const body = `<p>${escapeHtml(page.directory)} is an emulated directory: you play its administrator here. Nothing leaves this server.</p>
    ${given}<p>Gangway asks for these application permissions, for the whole directory:</p><ul>${rows.join('')}</ul>
    <form method="post">${buttons.join(' ')}</form>`;
  sendPage(response, 200, 'Sandbox: permissions requested', body, page.returnsTo);
}

/** What Entra shows instead of going back to an address that it does not trust. */
export function sendErrorPage(response: Response, message: string): void {
  sendPage(response, 400, 'Sandbox: sign-in error', `<p>${escapeHtml(message)}</p>`, '');
}

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.55 system-ui,sans-serif;max-width:36rem;margin:0 auto;padding:2rem 1rem}
  h1{font-size:1.5rem}li{margin:.6rem 0}code{font-size:.875em}button{font:inherit;font-weight:600;min-height:2.75rem;padding:.4rem 1.2rem;margin:.25rem .5rem .25rem 0}`;

// A policy of its own: the app's allows no style without a nonce, and no form that leads to another origin.
function sendPage(response: Response, status: number, title: string, body: string, returnsTo: string): void {
  response
    .status(status)
    .set({
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${returnsTo}; base-uri 'none'; frame-ancestors 'none'`,
    })
    .type('html')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`,
    );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
