import { medianLatencies } from './load.mjs';
import { idOf, TWO_OF } from './seed.mjs';
import { seededServers } from './seeded.mjs';
import { toRow } from './statistics.mjs';

const REQUESTS = 30;
/** Where a deep page begins: as far as this part of all rows. */
const DEPTH = 0.9;

/** Every list of the product, and those filters of them that a screen or a partner uses. */
const LISTS = [
  ofUser('workspaces.list', 'workspace', { isOldestFirst: true }),
  ofUser('auth.sessions', null),
  ofWorkspace('members.list', 'user', { isOldestFirst: true }),
  ofWorkspace('managedTenants.list', 'managed'),
  ofWorkspace('connections.list', 'connection', { isOldestFirst: true }),
  ofWorkspace('connections.list', null, { by: 'managedTenantId', value: managedTenant }),
  ofWorkspace('onboarding.list', 'session'),
  ofWorkspace('onboarding.list', 'session', { by: 'status', value: 'open' }),
  ofWorkspace('operations.list', 'run'),
  ofWorkspace('operations.list', null, { by: 'live', value: true }),
  ofWorkspace('operations.list', null, { by: 'status', value: 'failed' }),
  ofWorkspace('operations.list', null, { by: 'managedTenantId', value: managedTenant }),
  ofWorkspace('operations.list', 'run', { by: 'type', value: 'provider.connection.check' }),
  ofWorkspace('operations.list', null, { by: 'type that is rare', field: 'type', value: 'tenant.delete' }),
  ofWorkspace('audit.list', 'event'),
  ofWorkspace('audit.list', null, { by: 'managedTenantId', value: managedTenant }),
  ofWorkspace('audit.list', null, { by: 'outcome', value: 'denied' }),
  ofWorkspace('audit.list', null, { by: 'action', value: 'members.remove' }),
  ofWorkspace('audit.list', null, { by: 'actor', value: 'Nobody' }),
  ofPartner('tenants', 'tenant'),
  ofPartner('tenants', null, { by: 'status', value: 'failed' }),
  ofPartner('tenants', null, { by: 'q that one has', field: 'q', value: 't777@' }),
  ofPartner('tenants', null, { by: 'q that a thousandth has', field: 'q', value: 'Tenant 777' }),
  ofPartner('tenants', 'tenant', { by: 'q that all have', field: 'q', value: 'seed.example' }),
  ofPartner('api-keys', 'key'),
  ofPartner('webhooks', 'webhook'),
  ofPartner(`webhooks/${idOf('webhook', 1)}/deliveries`, 'delivery', { name: 'webhooks/{id}/deliveries' }),
  ofPartner('operation-runs', 'creation'),
  ofPartner('operation-runs', null, { by: 'state', value: 'live' }),
  ofPartner('operation-runs', null, { by: 'that are held', field: 'state', value: 'held' }),
  ofPartner('audit-events', 'event'),
  ofPartner('audit-events', null, { by: 'outcome', value: 'denied' }),
  ofPartner('audit-events', null, { by: 'target_id', value: managedTenant }),
];

function ofUser(path, kind, options) {
  return { name: path, address: (server, depth) => server.trpc(path, inputAt(server, depth, kind, options)) };
}

function ofWorkspace(path, kind, options) {
  const address = (server, depth) =>
    server.trpc(path, { workspaceId: server.workspaceId, ...inputAt(server, depth, kind, options) });
  return { name: options?.by ? `${path} by ${options.by}` : path, address };
}

function ofPartner(path, kind, options) {
  const address = (server, depth) =>
    `${server.url}/api/provisioning/${path}?${new URLSearchParams(inputAt(server, depth, kind, options)).toString()}`;
  const name = `GET ${options?.name ?? path}`;
  return { name: options?.by ? `${name} by ${options.by}` : name, address };
}

/** The filter, and the cursor of a page that deep; `kind` null: there are no rows for a second page. */
function inputAt(server, depth, kind, { by, field = by, value, isOldestFirst = false } = {}) {
  const filter = by ? { [field]: typeof value === 'function' ? value(server) : value } : {};
  if (depth === 0 || kind === null) return filter;
  const rows = TWO_OF.includes(kind) ? server.count * 2 : server.count;
  return { ...filter, cursor: idOf(kind, Math.ceil(rows * (isOldestFirst ? depth : 1 - depth))) };
}

function managedTenant(server) {
  return idOf('managed', Math.ceil(server.count / 2));
}

/** P8: the first and a deep page of every list, with a million rows in it against a thousand; the worse of the two pages. */
export default async function measureLists() {
  const { large, small } = await seededServers();
  const rows = [];
  for (const list of LISTS) {
    const pages = [];
    for (const depth of [0, DEPTH]) {
      if (depth > 0 && list.address(large, 0) === list.address(large, depth)) continue;
      const [a, b] = [large, small].map((server) => ({
        urls: Array.from({ length: REQUESTS }, () => list.address(server, depth)),
        headers: server.headers,
      }));
      const page = depth === 0 ? 'first page' : 'deep page';
      const measure = `${list.name}, ${page}, p50 with 1 M rows / with 1 k`;
      const about = { id: 'P8', measure, pass: '≤ 1.5', unit: ' ms', digits: 2 };
      pages.push(toRow(about, await medianLatencies(5, a, b)));
    }
    rows.push(pages.toSorted((a, b) => b.ratio - a.ratio)[0]);
  }
  return rows;
}
