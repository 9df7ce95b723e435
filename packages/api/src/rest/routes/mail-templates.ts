import * as contract from '@gangway/contract/provisioning/mail-templates';
import { pageQuery } from '@gangway/contract/provisioning/shared';
import { deleteMailTemplate } from '@gangway/domain/mail-templates/delete-mail-template';
import { getMailTemplate, listMailTemplates } from '@gangway/domain/mail-templates/list-mail-templates';
import { previewMailTemplate } from '@gangway/domain/mail-templates/preview-mail-template';
import { putMailTemplate } from '@gangway/domain/mail-templates/put-mail-template';
import { z } from 'zod';
import { defineRoute } from '../route.js';
import * as examples from './examples.js';

const base = '/provisioning/mail-templates';
const one = `${base}/{key}`;
const names = { kind: 'mailTemplate', field: 'key' } as const;
const permission = 'mail-template:manage';
const nothing = z.strictObject({});
const draft = {
  subject: '{{tenant_name}} is ready for you',
  text: 'Dear {{first_name}},\n\nsign in at {{sign_in_url}} as {{email}} with {{temporary_password}}.\n\nYour team at Contoso',
  html: '<p>Dear {{first_name}},</p>\n<p><a href="{{sign_in_url}}">Sign in</a> as {{email}} with <code>{{temporary_password}}</code>.</p>',
};

export const mailTemplateRoutes = [
  defineRoute({
    ...{ name: 'mailTemplates.list', method: 'get', path: base, permission, status: 200 },
    summary: 'List the mails whose words can be your own',
    description: 'With the words each has now, and the variables it knows.',
    input: pageQuery,
    output: contract.mailTemplateList,
    exampleAnswer: examples.mailTemplateList,
    run: listMailTemplates,
  }),
  defineRoute({
    ...{ name: 'mailTemplates.get', method: 'get', path: one, permission, status: 200, names },
    summary: 'Get the words of a mail: your own, or the default',
    input: nothing,
    output: contract.mailTemplate,
    exampleAnswer: examples.mailTemplate,
    run: getMailTemplate,
  }),
  defineRoute({
    ...{ name: 'mailTemplates.put', method: 'put', path: one, permission, status: 200, names },
    summary: 'Give a mail your own words',
    description:
      'A template with an unknown variable, without one that is required, or with mark-up that mails cannot have is refused, each field named. Mails that are waiting to be sent keep the words they were written with.',
    example: draft,
    input: contract.mailTemplatePut,
    output: contract.mailTemplate,
    exampleAnswer: examples.mailTemplate,
    run: putMailTemplate,
  }),
  defineRoute({
    ...{ name: 'mailTemplates.delete', method: 'delete', path: one, permission, status: 204, names },
    summary: 'Go back to the default',
    input: nothing,
    output: null,
    run: deleteMailTemplate,
  }),
  defineRoute({
    ...{
      name: 'mailTemplates.preview',
      method: 'post',
      path: `${one}/preview`,
      permission,
      status: 200,
      names,
    },
    summary: 'See a mail as it would arrive',
    description: 'Of a draft, or without one of the template as it is. Nothing is stored or sent.',
    example: { ...draft, values: { tenant_name: 'Contoso & Sons' } },
    input: contract.mailTemplatePreview,
    output: contract.renderedMail,
    exampleAnswer: examples.renderedMail,
    run: previewMailTemplate,
  }),
];
