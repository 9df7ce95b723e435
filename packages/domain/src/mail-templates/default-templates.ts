import type { MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import type { MailTemplateWords } from './template.js';

const BUTTON =
  'display:inline-block;padding:10px 18px;background:#1b4fa8;color:#ffffff;text-decoration:none;border-radius:6px';
const NEXT = 'What comes next: add your first Microsoft Entra directory with the onboarding wizard.';

/** The words of the house, for partners that have none of their own. The same small language as theirs. */
export const DEFAULT_TEMPLATES: Readonly<Record<MailTemplateKey, MailTemplateWords>> = {
  welcome_temporary_password: {
    subject: 'Welcome to Gangway: {{tenant_name}} is ready',
    text: `Hello {{first_name}},

{{tenant_name}} is ready in Gangway, and you are its administrator.

E-mail: {{email}}
Temporary password: {{temporary_password}}

Sign in here: {{sign_in_url}}
The temporary password works once, within {{valid_hours}} hours. You choose your own when you sign in.

${NEXT}`,
    html: `<h1 style="font-size:20px;margin:0 0 16px">{{tenant_name}} is ready</h1>
<p>Hello {{first_name}}, you are the administrator of {{tenant_name}} in Gangway.</p>
<table role="presentation" cellpadding="0" cellspacing="0">
<tr><td style="padding:2px 16px 2px 0">E-mail</td><td><code>{{email}}</code></td></tr>
<tr><td style="padding:2px 16px 2px 0">Temporary password</td><td><code>{{temporary_password}}</code></td></tr>
</table>
<p>The temporary password works once, within {{valid_hours}} hours. You choose your own when you sign in.</p>
<p><a href="{{sign_in_url}}" style="${BUTTON}">Sign in</a></p>
<p>${NEXT}</p>`,
  },
  welcome_setup_link: {
    subject: 'Welcome to Gangway: {{tenant_name}} is ready',
    text: `Hello {{first_name}},

{{tenant_name}} is ready in Gangway, and you are its administrator.

Set your password here within {{valid_hours}} hours:
{{setup_url}}

${NEXT}`,
    html: `<h1 style="font-size:20px;margin:0 0 16px">{{tenant_name}} is ready</h1>
<p>Hello {{first_name}}, you are the administrator of {{tenant_name}} in Gangway.</p>
<p>Set your password within {{valid_hours}} hours:</p>
<p><a href="{{setup_url}}" style="${BUTTON}">Set your password</a></p>
<p>${NEXT}</p>`,
  },
  invitation: {
    subject: 'Invitation to {{workspace_name}}',
    text: `{{inviter}} invites you to the workspace {{workspace_name}} in Gangway, as {{role}}: somebody who {{role_summary}}.

Accept within {{valid_days}} days:
{{accept_url}}

The link works once, and for {{email}} only. Sign in there, or choose a password if you have no account yet.
If it has expired, ask {{inviter}} to send it again.`,
    html: null,
  },
};
