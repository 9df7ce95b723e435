import {
  MAIL_TEMPLATES,
  variablesOf,
  type MailTemplateKey,
  type ShownMailTemplate,
} from '@gangway/contract/provisioning/mail-templates';
import type { MailTemplate } from '@gangway/db/generated/client';
import { defaultTemplate } from './default-template.js';

/** A template as partners see it. Without a row: the default template. */
export function toMailTemplate(key: MailTemplateKey, row: MailTemplate | null): ShownMailTemplate {
  const { subject, text, html } = row ?? defaultTemplate(key);
  return {
    key,
    title: MAIL_TEMPLATES[key].title,
    is_default: row === null,
    ...{ subject, text, html },
    variables: Object.entries(variablesOf(key)).map(([name, variable]) => ({
      name,
      description: variable.description,
      example: variable.example,
      is_required: variable.isRequired === true,
      is_secret: variable.isSecret === true,
    })),
    updated_at: row?.updatedAt.toISOString() ?? null,
    updated_by: row?.updatedBy ?? null,
  };
}
