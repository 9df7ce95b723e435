import { randomUUID } from 'node:crypto';
import { AUDIT_ACTIONS } from '@gangway/contract/audit-actions';
import { list } from '@gangway/contract/audit';
import { expect, test } from 'vitest';
import { procedureTable } from './procedure-table.js';
import { openAcme } from './test-acme.js';
import { callerOf } from './test-caller.js';

const { api, owner, workspaceId } = await openAcme();

const events = async (filter: object = {}) =>
  list.out.parse((await owner.query('audit.list', { workspaceId, ...filter })).data).items;

test('everything that can be refused in a workspace has a name that the app can word', () => {
  const paths = procedureTable.filter(({ scope }) => scope === 'workspace').map(({ path }) => path);
  expect(AUDIT_ACTIONS).toEqual(expect.arrayContaining(paths));
});

test('an event says what its target is called and what was given, also when the target is gone', async () => {
  const email = 'operator@acme.example';
  const { userId } = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email } });
  await owner.mutate('members.changeRole', { workspaceId, userId, role: 'viewer' });
  await owner.mutate('members.invite', { workspaceId, email: 'somebody@example.com', role: 'admin' });
  const [invited, changed] = await events();
  expect(changed).toMatchObject({
    actor: 'owner@acme.example',
    action: 'members.changeRole',
    targetName: email,
    details: { before: 'operator', role: 'viewer', email },
  });
  expect(invited).toMatchObject({ targetName: 'somebody@example.com', details: { role: 'admin' } });

  const tenant = { workspaceId, entraTenantId: randomUUID(), name: 'Contoso' };
  const managedTenantId = (await owner.mutate('onboarding.identifyTenant', tenant)).data['managedTenantId'];
  const connection = {
    displayName: 'Reader',
    cloud: 'sandbox',
    clientId: randomUUID(),
    credential: { kind: 'client_secret', clientSecret: 'a-secret-of-some-length' },
  };
  const made = await owner.mutate('connections.create', { workspaceId, managedTenantId, ...connection });
  const providerConnectionId = made.data['id'];
  const [created] = await events();
  const contoso = { id: managedTenantId, name: 'Contoso' };
  expect(created).toMatchObject({ targetName: 'Reader', managedTenant: contoso });
  await owner.mutate('connections.remove', { workspaceId, providerConnectionId });
  const [removed] = await events({ managedTenantId });
  expect(removed).toMatchObject({
    action: 'connections.remove',
    managedTenant: contoso,
    details: { name: 'Reader' },
  });
});

test('the trail is filtered by who, what and outcome', async () => {
  const viewer = await callerOf(api, 'viewer@acme.example');
  await viewer.mutate('members.invite', { workspaceId });
  const actor = 'viewer@acme.example';
  expect((await events({ actor })).map(({ action, outcome }) => [action, outcome])).toEqual([
    ['members.invite', 'denied'],
  ]);
  const byOwner = await events({ actor: 'owner@acme.example', action: 'members.invite' });
  expect(new Set(byOwner.map(({ action, outcome }) => `${action} ${outcome}`))).toEqual(
    new Set(['members.invite allowed']),
  );
  expect((await events({ outcome: 'denied' })).map((event) => event.actor)).toEqual([actor]);
  expect(await events({ actor: 'nobody@acme.example' })).toEqual([]);
});
