/**
 * Rows by the million, made by PostgreSQL itself: everything stands in the workspace `acme`, in the partner of the demo
 * and with the owner, the worst place it could stand in.
 */

/** The id of row `i` of a kind; ids rise with `i`, as UUIDv7 do with time. */
export const idOf = (kind, i) =>
  `01900000-0000-7000-8${KINDS.indexOf(kind).toString(16).padStart(3, '0')}-${i.toString(16).padStart(12, '0')}`;

const KINDS = [
  ...['tenant', 'workspace', 'user', 'invitation', 'managed', 'connection', 'session', 'run'],
  ...['event', 'browser', 'key', 'webhook', 'delivery', 'creation'],
];
const id = (kind, i = 'i') =>
  `('01900000-0000-7000-8${KINDS.indexOf(kind).toString(16).padStart(3, '0')}-' || lpad(to_hex(${i}), 12, '0'))::uuid`;
/** Of these kinds there are two rows where there is one of the others: of two sorts, that take turns. */
export const TWO_OF = ['run', 'event'];
const one = (kind) => id(kind, '2 * i');
const other = (kind) => id(kind, '2 * i + 1');
const hash = (kind) => `decode(md5('${kind}' || i) || md5(i || '${kind}'), 'hex')`;
const at = `now() - (count - i) * interval '1 second'`;

const TABLES = [
  [
    'tenants (tenant, partner_id, company_name, email, status)',
    `${id('tenant')}, partner, 'Tenant ' || i, 't' || i || '@seed.example', 'active'`,
  ],
  [
    'workspaces (id, tenant, name, slug)',
    `${id('workspace')}, ${id('tenant')}, 'Workspace ' || i, 'seed-' || i`,
  ],
  ['memberships (workspace_id, user_id, role)', `${id('workspace')}, owner, 'owner'`],
  [
    'users (user_id, tenant, first_name, last_name, email)',
    `${id('user')}, home, 'User', i::text, 'u' || i || '@seed.example'`,
  ],
  ['memberships (workspace_id, user_id, role)', `place, ${id('user')}, 'viewer'`],
  [
    'invitations (id, workspace_id, email, role, token_hash, invited_by, expires_at)',
    `${id('invitation')}, place, 'i' || i || '@seed.example', 'viewer', ${hash('invitation')}, owner, now() + interval '1 day'`,
  ],
  [
    'managed_tenants (id, workspace_id, entra_tenant_id, name, domain, cloud, created_by)',
    `${id('managed')}, place, ${id('managed')}, 'Managed ' || i, 'm' || i || '.example', 'sandbox', owner`,
  ],
  [
    'provider_connections (id, workspace_id, managed_tenant_id, display_name, cloud, client_id, is_default, checked_revision, checked_outcome, verified_at, created_by, updated_by)',
    `${id('connection')}, place, ${id('managed')}, 'Connection ' || i, 'sandbox', owner, true, 1, 'verified', now(), owner, 'Owner'`,
  ],
  [
    'provider_credentials (provider_connection_id, workspace_id, kind, ciphertext, key_id, hint, added_by)',
    `${id('connection')}, place, 'client_secret', 'sealed', 'k1', '•••' || i, 'Owner'`,
  ],
  [
    'onboarding_sessions (id, workspace_id, managed_tenant_id, provider_connection_id, created_by, updated_by)',
    `${id('session')}, place, ${id('managed')}, ${id('connection')}, owner, 'Owner'`,
  ],
  [RUN_COLUMNS(), `${one('run')}, place, 'provider.connection.check', ${RUN_VALUES()}`],
  [RUN_COLUMNS(), `${other('run')}, place, 'inventory.domains', ${RUN_VALUES()}`],
  [
    'operation_runs (id, partner_id, type, subject_id, status, progress, input, started_by_kind, started_by_id, started_by_label, finished_at)',
    `${id('creation')}, partner, 'tenant.create', ${id('tenant')}, 'succeeded', 100, '{}', 'apiKey', 'seed', 'Key', now()`,
  ],
  [
    'operation_run_steps (run_id, position, name, title, status, attempt)',
    `${one('run')}, 0, 'configuration', 'Configuration', 'succeeded', 1`,
  ],
  [
    'audit_events (id, workspace_id, actor_kind, actor_id, actor_label, action, outcome, target_kind, target_id, at)',
    `${one('event')}, place, 'user', owner::text, 'Owner', 'connections.update', 'allowed', 'connection', (${id('connection')})::text, ${at}`,
  ],
  [
    'audit_events (id, partner_id, actor_kind, actor_id, actor_label, action, outcome, target_kind, target_id, at)',
    `${other('event')}, partner, 'apiKey', 'seed', 'Key', 'tenants.create', 'allowed', 'tenant', (${id('tenant')})::text, ${at}`,
  ],
  [
    'browser_sessions (id, user_id, token_hash, expires_at)',
    `${id('browser')}, owner, ${hash('browser')}, now() + interval '1 day'`,
  ],
  [
    'api_keys (id, partner_id, name, prefix, key_hash, roles, permissions, created_by)',
    `${id('key')}, partner, 'Key ' || i, 'seed_' || i, 'x', '{}', '{}', 'seed'`,
  ],
  [
    'webhook_endpoints (id, partner_id, url, events, secret_ciphertext)',
    `${id('webhook')}, partner, 'https://seed.example/' || i, '{}', 'x'`,
  ],
  [
    'webhook_deliveries (id, endpoint_id, event_id, event, payload, status, created_at)',
    `${id('delivery')}, '${idOf('webhook', 1)}', ${id('delivery')}, 'operation_run.finished', '{}', 'delivered', ${at}`,
  ],
];

function RUN_COLUMNS() {
  return 'operation_runs (id, workspace_id, type, subject_id, managed_tenant_id, provider_connection_id, onboarding_session_id, status, progress, input, started_by_kind, started_by_id, started_by_label, finished_at)';
}

function RUN_VALUES() {
  return `${id('connection')}, ${id('managed')}, ${id('connection')}, ${id('session')}, 'succeeded', 100, '{"revision": 1}', 'user', owner::text, 'Owner', now()`;
}

/**
 * Fills every table that is listed somewhere with `count` rows, over some connections at once; foreign keys are not
 * asked, they hold by construction.
 */
export async function seedRows(owners, count) {
  const left = [...TABLES];
  await Promise.all(
    owners.map(async (owner) => {
      await owner.query(`SET session_replication_role = replica`);
      await owner.query(`SET synchronous_commit = off`);
      for (let next = left.shift(); next; next = left.shift()) await owner.query(insert(next, count));
    }),
  );
  // What autovacuum does by itself in the time in which a million rows come about.
  await owners[0].query('VACUUM ANALYZE');
}

const insert = ([table, values], count) => `
  WITH place AS (SELECT w.id AS place, w.tenant AS home, t.partner_id AS partner, u.user_id AS owner
                   FROM workspaces w JOIN tenants t ON t.tenant = w.tenant
                   JOIN users u ON u.email = 'owner@acme.example' WHERE w.slug = 'acme')
  INSERT INTO ${table} SELECT ${values.replaceAll('count', String(count))} FROM place, generate_series(1, ${count}) i`;
