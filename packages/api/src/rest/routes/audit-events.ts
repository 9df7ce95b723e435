import * as contract from '@gangway/contract/provisioning/audit-events';
import { listPartnerAuditEvents } from '@gangway/domain/audit/list-partner-audit-events';
import { defineRoute } from '../route.js';
import * as examples from './examples.js';

export const auditEventRoutes = [
  defineRoute({
    ...{
      name: 'auditEvents.list',
      method: 'get',
      path: '/provisioning/audit-events',
      permission: 'audit:read',
      status: 200,
    },
    summary: 'List what was done with your credentials, newest first',
    description:
      'Denials included. What happens inside a workspace belongs to its members and is not listed.',
    input: contract.auditEventQuery,
    output: contract.auditEventList,
    exampleAnswer: examples.auditEventList,
    run: listPartnerAuditEvents,
  }),
];
