import { html, type SafeHtml } from './html.js';
import { toHeaderText } from './transport.js';

/** How the new admin gets in: with a temporary password, or with a link to set one. */
export type Entrance =
  | { readonly kind: 'temporary_password'; readonly password: string }
  | { readonly kind: 'setup_link'; readonly link: string };

export interface WelcomeMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mail that a new tenant's admin gets. Names arrive as text, whatever stands in them. */
export function renderWelcomeMail(facts: {
  tenantName: string;
  firstName: string;
  email: string;
  appUrl: string;
  entrance: Entrance;
}): WelcomeMail {
  const { appUrl, entrance } = facts;
  const tenantName = toHeaderText(facts.tenantName);
  const firstName = toHeaderText(facts.firstName);
  const signInUrl = `${appUrl}/sign-in`;
  const isLink = entrance.kind === 'setup_link';
  const access = isLink
    ? `Set your password here within 72 hours:\n${entrance.link}`
    : `E-mail: ${facts.email}\nTemporary password: ${entrance.password}\n\nSign in here: ${signInUrl}\nThe temporary password works once, within 72 hours. You choose your own when you sign in.`;
  const text = `Hello ${firstName},\n\n${tenantName} is ready in Gangway, and you are its administrator.\n\n${access}\n\nWhat comes next: after signing in, add your first Microsoft Entra directory with the onboarding wizard.\n`;
  const credentials = isLink
    ? html`<p>Set your password within 72 hours:</p>`
    : html`<table role="presentation" cellpadding="0" cellspacing="0">
          <tr>
            <td style="padding:2px 16px 2px 0">E-mail</td>
            <td><code>${facts.email}</code></td>
          </tr>
          <tr>
            <td style="padding:2px 16px 2px 0">Temporary password</td>
            <td><code>${entrance.password}</code></td>
          </tr>
        </table>
        <p>The temporary password works once, within 72 hours. You choose your own when you sign in.</p>`;
  const body = html`<h1 style="font-size:20px;margin:0 0 16px">${tenantName} is ready</h1>
    <p>Hello ${firstName}, you are the administrator of ${tenantName} in Gangway.</p>
    ${credentials}
    <p>
      <a
        href="${isLink ? entrance.link : signInUrl}"
        style="display:inline-block;padding:10px 18px;background:#1b4fa8;color:#ffffff;text-decoration:none;border-radius:6px"
        >${isLink ? 'Set your password' : 'Sign in'}</a
      >
    </p>
    <p>What comes next: add your first Microsoft Entra directory with the onboarding wizard.</p>`;
  return {
    subject: `Welcome to Gangway: ${tenantName} is ready`,
    text,
    html: layout(`${tenantName} is ready`, body).markup,
  };
}

function layout(title: string, body: SafeHtml): SafeHtml {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
      </head>
      <body style="margin:0;padding:24px;background:#f3f4f6;color:#1a1d21;font:16px/1.5 system-ui,sans-serif">
        <div style="max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border-radius:8px">
          ${body}
        </div>
      </body>
    </html>`;
}
