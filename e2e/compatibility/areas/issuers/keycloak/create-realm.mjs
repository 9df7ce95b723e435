const REALM = '/partners';

/**
 * A realm as the recipe of docs/trusted-issuers.md has it, with two clients that call: `crm`, a member of the organization
 * `contoso`, and `erp`, whose tokens get the claim from a mapper.
 */
export async function createRealm({ admin }) {
  await admin('POST', '', { realm: 'partners', enabled: true, organizationsEnabled: true });
  const gangway = await createClient(admin, { clientId: 'gangway' });
  for (const name of ['partner-admin', 'integration-user'])
    await admin('POST', `${REALM}/clients/${gangway}/roles`, { name });
  const crm = await createCaller(admin, gangway, 'crm');
  const organization = { name: 'Contoso', alias: 'contoso', domains: [{ name: 'contoso.example' }] };
  const organizationId = await admin('POST', `${REALM}/organizations`, organization);
  await admin('POST', `${REALM}/organizations/${organizationId}/members`, crm.userId);
  const erp = await createCaller(admin, gangway, 'erp');
  await addMapper(admin, erp.id, 'oidc-hardcoded-claim-mapper', {
    ...{ 'claim.name': 'organization', 'claim.value': 'contoso', 'jsonType.label': 'String' },
  });
}

/** Gives the realm a key that it signs with from now on; tokens of the former one stay valid. */
export async function rotateKey({ admin }, algorithm) {
  const { id } = await admin('GET', REALM);
  await admin('POST', `${REALM}/components`, {
    ...{
      name: 'next',
      providerId: 'rsa-generated',
      providerType: 'org.keycloak.keys.KeyProvider',
      parentId: id,
    },
    config: { priority: ['1000'], enabled: ['true'], active: ['true'], algorithm: [algorithm] },
  });
}

function createClient(admin, client) {
  return admin('POST', `${REALM}/clients`, { enabled: true, standardFlowEnabled: false, ...client });
}

/** A client with a service account that has the role `partner-admin`, and tokens for the audience `gangway`. */
async function createCaller(admin, gangway, clientId) {
  const client = { clientId, secret: `${clientId}-secret`, serviceAccountsEnabled: true };
  const id = await createClient(admin, client);
  const { id: userId } = await admin('GET', `${REALM}/clients/${id}/service-account-user`);
  const role = await admin('GET', `${REALM}/clients/${gangway}/roles/partner-admin`);
  await admin('POST', `${REALM}/users/${userId}/role-mappings/clients/${gangway}`, [role]);
  await addMapper(admin, id, 'oidc-audience-mapper', { 'included.client.audience': 'gangway' });
  return { id, userId };
}

function addMapper(admin, client, protocolMapper, config) {
  return admin('POST', `${REALM}/clients/${client}/protocol-mappers/models`, {
    ...{ name: protocolMapper, protocol: 'openid-connect', protocolMapper },
    config: { 'access.token.claim': 'true', ...config },
  });
}
