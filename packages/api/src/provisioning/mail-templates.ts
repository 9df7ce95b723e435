import * as contract from '@gangway/contract/provisioning/mail-templates';
import { pageQuery } from '@gangway/contract/provisioning/shared';
import { deleteMailTemplate } from '@gangway/domain/mail-templates/delete-mail-template';
import { getMailTemplate, listMailTemplates } from '@gangway/domain/mail-templates/list-mail-templates';
import { previewMailTemplate } from '@gangway/domain/mail-templates/preview-mail-template';
import { putMailTemplate } from '@gangway/domain/mail-templates/put-mail-template';
import { z } from 'zod';
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';
import { idempotent } from './idempotent.js';

const templateRef = z.strictObject({ key: z.enum(contract.MAIL_TEMPLATE_KEYS) });
const oneTemplate = partnerProcedure('mail-template:manage', { kind: 'mailTemplate', field: 'key' });

export const mailTemplatesRouter = t.router({
  /**
   * List the mails whose words can be your own. With the words each has now, and the variables it knows.
   */
  list: partnerProcedure('mail-template:manage')
    .input(pageQuery)
    .output(contract.mailTemplateList)
    .query(({ ctx, input }) => listMailTemplates(ctx.scope, input)),
  /** Get the words of a mail: your own, or the default. */
  get: oneTemplate
    .input(templateRef)
    .output(contract.mailTemplate)
    .query(({ ctx, input }) => getMailTemplate(ctx.scope, input)),
  /**
   * Give a mail your own words. A template with an unknown variable, without one that is required, or
   * with mark-up that mails cannot have is refused, each field named. Mails that are waiting to be sent
   * keep the words they were written with.
   */
  put: oneTemplate
    .input(contract.mailTemplatePut.extend(templateRef.shape))
    .output(contract.mailTemplate)
    .mutation(({ ctx, input }) => putMailTemplate(ctx.scope, input)),
  /** Go back to the default. */
  delete: oneTemplate.input(templateRef).mutation(({ ctx, input }) => deleteMailTemplate(ctx.scope, input)),
  /**
   * See a mail as it would arrive. Of a draft, or without one of the template as it is. Nothing is
   * stored or sent.
   */
  preview: oneTemplate
    .input(contract.mailTemplatePreview.extend(templateRef.shape))
    .output(contract.renderedMail)
    .mutation(idempotent(previewMailTemplate)),
});
