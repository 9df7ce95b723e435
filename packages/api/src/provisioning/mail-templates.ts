import * as contract from '@gangway/contract/provisioning/mail-templates';
import { pageQuery } from '@gangway/contract/provisioning/shared';
import { deleteMailTemplate } from '@gangway/domain/mail-templates/delete-mail-template';
import { getMailTemplate, listMailTemplates } from '@gangway/domain/mail-templates/list-mail-templates';
import { previewMailTemplate } from '@gangway/domain/mail-templates/preview-mail-template';
import { putMailTemplate } from '@gangway/domain/mail-templates/put-mail-template';
import { z } from 'zod';
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';
import { once } from './once.js';

const templateRef = z.strictObject({ key: z.enum(contract.MAIL_TEMPLATE_KEYS) });
const oneTemplate = partnerProcedure('mail-template:manage', { kind: 'mailTemplate', field: 'key' });

export const mailTemplatesRouter = t.router({
  list: partnerProcedure('mail-template:manage')
    .input(pageQuery)
    .output(contract.mailTemplateList)
    .query(({ ctx, input }) => listMailTemplates(ctx.scope, input)),
  get: oneTemplate
    .input(templateRef)
    .output(contract.mailTemplate)
    .query(({ ctx, input }) => getMailTemplate(ctx.scope, input)),
  put: oneTemplate
    .input(contract.mailTemplatePut.extend(templateRef.shape))
    .output(contract.mailTemplate)
    .mutation(({ ctx, input }) => putMailTemplate(ctx.scope, input)),
  delete: oneTemplate.input(templateRef).mutation(({ ctx, input }) => deleteMailTemplate(ctx.scope, input)),
  preview: oneTemplate
    .input(contract.mailTemplatePreview.extend(templateRef.shape))
    .output(contract.renderedMail)
    .mutation(once(previewMailTemplate)),
});
