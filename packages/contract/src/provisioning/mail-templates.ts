/** The mails that a tenant's people get, in a partner's own words: a closed set of mails, each with a closed set of variables. */
import { z } from 'zod';
import { instant, line, prose } from '../text.js';
import { optional, withDefault } from './absent.js';
import { listOf } from './shared.js';

/** A variable of a mail. Written `{{name}}`; what it stands for arrives as text. */
interface MailVariable {
  readonly description: string;
  /** What a preview shows. */
  readonly example: string;
  /** A template that leaves it out is refused: without it the mail is of no use. */
  readonly isRequired?: true;
  /** Lets its reader in: never in a subject, which is stored and shown in clear. */
  readonly isSecret?: true;
  /** May be the whole of an `href`. */
  readonly isLink?: true;
}

interface MailFacts {
  readonly title: string;
  readonly variables: Readonly<Record<string, MailVariable>>;
}

const person = {
  tenant_name: { description: 'Name of the tenant', example: 'Example Corp' },
  first_name: { description: 'First name of the admin', example: 'Ada' },
  last_name: { description: 'Last name of the admin', example: 'Admin' },
  email: { description: 'E-mail address of the admin, to sign in with', example: 'admin@example.com' },
  valid_hours: { description: 'Hours for which the mail lets its reader in', example: '72' },
} satisfies Record<string, MailVariable>;

export const MAIL_TEMPLATES = {
  welcome_temporary_password: {
    title: 'Welcome to the admin of a new tenant, with a temporary password',
    variables: {
      ...person,
      temporary_password: {
        ...{ description: 'The temporary password', example: 'ExAmp-LePas-SwOrd-ShOwn' },
        ...{ isRequired: true, isSecret: true },
      },
      sign_in_url: {
        ...{ description: 'Where to sign in', example: 'https://gangway.example/sign-in' },
        ...{ isRequired: true, isLink: true },
      },
    },
  },
  welcome_setup_link: {
    title: 'Welcome to the admin of a new tenant, with a link to set a password',
    variables: {
      ...person,
      setup_url: {
        description: 'The link to set a password',
        example: 'https://gangway.example/set-password?token=example',
        ...{ isRequired: true, isSecret: true, isLink: true },
      },
    },
  },
  invitation: {
    title: 'Invitation to a workspace of a tenant',
    variables: {
      workspace_name: { description: 'Name of the workspace', example: 'Example Corp' },
      inviter: { description: 'E-mail address of whoever invites', example: 'owner@example.com' },
      email: { description: 'E-mail address of whoever is invited', example: 'colleague@example.com' },
      role: { description: 'What they are to be in it', example: 'operator' },
      role_summary: {
        description: 'What somebody in that role does',
        example: 'onboards tenants and runs operations',
      },
      valid_days: { description: 'Days for which the invitation can be accepted', example: '7' },
      accept_url: {
        description: 'The link to accept it, with an account or without one',
        example: 'https://gangway.example/invitation?token=example',
        ...{ isRequired: true, isSecret: true, isLink: true },
      },
    },
  },
  password_reset: {
    title: 'Link to set a new password, for somebody of a tenant who asked for it',
    variables: {
      tenant_name: { description: 'Name of the tenant that the account belongs to', example: 'Example Corp' },
      first_name: { description: 'First name of whoever the account is of', example: 'Ada' },
      last_name: { description: 'Their last name; may be empty', example: 'Admin' },
      email: { description: 'E-mail address of the account', example: 'admin@example.com' },
      valid_minutes: { description: 'Minutes for which the link is good', example: '60' },
      reset_url: {
        description: 'The link to set a new password',
        example: 'https://gangway.example/set-password?token=example',
        ...{ isRequired: true, isSecret: true, isLink: true },
      },
    },
  },
} as const satisfies Record<string, MailFacts>;

export type MailTemplateKey = keyof typeof MAIL_TEMPLATES;
/** The variables of a mail. */
export type VariableOf<Key extends MailTemplateKey> = keyof (typeof MAIL_TEMPLATES)[Key]['variables'];
export const MAIL_TEMPLATE_KEYS = Object.keys(MAIL_TEMPLATES) as [MailTemplateKey, ...MailTemplateKey[]];
export const isMailTemplateKey = (key: string): key is MailTemplateKey => Object.hasOwn(MAIL_TEMPLATES, key);

/** The variables of a mail by name, for whoever walks them. */
export const variablesOf = (key: MailTemplateKey): Readonly<Record<string, MailVariable>> =>
  MAIL_TEMPLATES[key].variables;

const VARIABLES =
  'Variables are written `{{name}}`; there is nothing else to it: no conditions, no loops, no code. What a variable stands for arrives as text.';

const parts = {
  subject: line(200).meta({
    description: 'One line, without secrets',
    examples: ['{{tenant_name}} is ready for you'],
  }),
  text: prose(10_000).meta({
    description: `The plain text of the mail. ${VARIABLES}`,
    examples: [
      'Dear {{first_name}},\n\nsign in at {{sign_in_url}} as {{email}} with {{temporary_password}}.\n\nYour team at Contoso',
    ],
  }),
  html: prose(50_000).nullish().default(null).meta({
    description:
      'The inside of the HTML part, in plain mark-up: headings, paragraphs, lists, tables, links and pictures over https, inline styles. Null: made from the text.',
  }),
};
export const mailTemplatePut = z.strictObject(parts).meta({ id: 'MailTemplatePut' });

const names = new Set(MAIL_TEMPLATE_KEYS.flatMap((key) => Object.keys(MAIL_TEMPLATES[key].variables)));
/** A value for variables of any mail; those of another one are refused later. */
const values = z
  .strictObject(Object.fromEntries([...names].map((name) => [name, optional(line(200))] as const)))
  .meta({ id: 'MailTemplateValues' });

/** A draft, or nothing for the template as it is; and what its variables are to stand for. */
export const mailTemplatePreview = z
  .strictObject({
    subject: optional(parts.subject),
    text: optional(parts.text),
    html: parts.html,
    values: withDefault(values, {}).meta({
      description: 'Instead of the examples',
      examples: [{ tenant_name: 'Contoso & Sons' }],
    }),
  })
  .meta({ id: 'MailTemplatePreview' });

export const mailTemplate = z
  .object({
    key: z.enum(MAIL_TEMPLATE_KEYS),
    title: z.string(),
    is_default: z
      .boolean()
      .meta({ description: 'Whether the partner has no template of its own for this mail' }),
    subject: z.string(),
    text: z.string(),
    html: z.string().nullable().meta({ description: 'Null: made from the text' }),
    variables: z.array(
      z
        .object({
          name: z.string(),
          description: z.string(),
          example: z.string(),
          is_required: z.boolean(),
          is_secret: z.boolean(),
        })
        .meta({ id: 'MailTemplateVariable' }),
    ),
    updated_at: instant.nullable(),
    updated_by: z.string().nullable(),
  })
  .meta({ id: 'MailTemplate' });
export type ShownMailTemplate = z.infer<typeof mailTemplate>;
export const mailTemplateList = listOf(mailTemplate).meta({ id: 'MailTemplateList' });

/** The mail as it would arrive. */
export const renderedMail = z
  .object({ subject: z.string(), text: z.string(), html: z.string() })
  .meta({ id: 'RenderedMail' });
export type RenderedMail = z.infer<typeof renderedMail>;
