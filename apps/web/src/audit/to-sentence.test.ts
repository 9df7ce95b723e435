import { expect, test } from 'vitest';
import { toSentence } from './to-sentence.js';

const event = {
  outcome: 'allowed' as const,
  targetName: null,
  managedTenant: null,
  details: {},
};
const contoso = { id: 'c', name: 'Contoso' };

test('what was done is a sentence with its names', () => {
  expect([
    toSentence({
      ...event,
      action: 'members.invite',
      targetName: 'x@example.com',
      details: { role: 'operator' },
    }),
    toSentence({
      ...event,
      action: 'members.changeRole',
      targetName: 'x@example.com',
      details: { before: 'viewer', role: 'admin' },
    }),
    toSentence({
      ...event,
      action: 'operations.start',
      targetName: 'inventory.users',
      managedTenant: contoso,
      details: { type: 'inventory.users' },
    }),
    toSentence({
      ...event,
      action: 'operations.cancel',
      targetName: 'inventory.users',
      managedTenant: contoso,
    }),
    toSentence({
      ...event,
      action: 'connections.remove',
      managedTenant: contoso,
      details: { name: 'Reader' },
    }),
  ]).toEqual([
    'invited x@example.com as operator',
    'made x@example.com admin, who was viewer',
    'started “Inventory of users” for Contoso',
    'cancelled “Inventory of users” for Contoso',
    'removed the connection Reader from Contoso',
  ]);
});

test('what was refused is told as tried, what is unknown by its name, and what is gone as gone', () => {
  expect([
    toSentence({ ...event, action: 'members.invite', outcome: 'denied' }),
    toSentence({ ...event, action: 'audit.list', outcome: 'denied' }),
    toSentence({ ...event, action: 'something.new' }),
    toSentence({ ...event, action: 'members.remove', details: { email: 'x@example.com' } }),
    toSentence({ ...event, action: 'connections.update' }),
    toSentence({ ...event, action: 'auth.stolenSession', outcome: 'denied', targetName: 'x@example.com' }),
    toSentence({
      ...event,
      action: 'operations.finished',
      outcome: 'failed',
      details: { type: 'inventory.users' },
      managedTenant: contoso,
    }),
  ]).toEqual([
    'tried to invite somebody',
    'tried to see the audit trail',
    'did something.new',
    'removed x@example.com from the workspace',
    'edited the connection something that is gone of a tenant',
    'ended a session of x@example.com: its cookie came back after it had been replaced, so somebody may have copied it',
    'started “Inventory of users” for Contoso, and it has ended',
  ]);
});
