import {
  isMailTemplateKey,
  variablesOf,
  type mailTemplatePreview,
  type MailTemplateKey,
  type RenderedMail,
} from '@gangway/contract/provisioning/mail-templates';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { AppError, invalidField, notFound } from '../errors.js';
import { checkTemplate } from './check-template.js';
import { getMailTemplate, type MailTemplateRef } from './list-mail-templates.js';
import { exampleValues, renderMail } from './render-mail.js';
import type { MailTemplateContent } from './template.js';

type Preview = z.output<typeof mailTemplatePreview>;

/**
 * The mail as it would arrive: of the draft that is given, or of the template as it is. Nothing is stored or sent.
 * @throws AppError not_found; invalid where the draft would be refused, or a value stands for no variable
 */
export async function previewMailTemplate(
  scope: PartnerScope,
  { key, ...input }: MailTemplateRef & Preview,
): Promise<RenderedMail> {
  if (!isMailTemplateKey(key)) throw notFound();
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(input.values)) if (value !== undefined) given[name] = value;
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(variablesOf(key), name));
  if (unknown.length > 0) {
    const fieldErrors = unknown.map((name) => ({
      field: `values.${name}`,
      message: 'Is not a variable of this mail',
    }));
    throw new AppError('invalid', 'validation.failed', { fieldErrors: fieldErrors.slice(0, 20) });
  }
  const words = toDraft(key, input) ?? (await findOwnTemplate(scope, key));
  return renderMail(key, words, { ...exampleValues(key), ...given });
}

async function findOwnTemplate(
  scope: PartnerScope,
  key: MailTemplateKey,
): Promise<MailTemplateContent | null> {
  const shown = await getMailTemplate(scope, { key });
  return shown.is_default ? null : shown;
}

function toDraft(key: MailTemplateKey, { subject, text, html }: Preview): MailTemplateContent | null {
  if (subject === undefined && text === undefined && html === null) return null;
  if (subject === undefined) throw invalidField('subject', 'Is required in a draft');
  if (text === undefined) throw invalidField('text', 'Is required in a draft');
  const draft = { subject, text, html: html ?? null };
  const fieldErrors = checkTemplate(key, draft);
  if (fieldErrors.length > 0) throw new AppError('invalid', 'validation.failed', { fieldErrors });
  return draft;
}
