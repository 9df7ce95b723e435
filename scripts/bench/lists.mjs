import { medianLatency } from './load.mjs';
import { idOf } from './seed.mjs';
import { seededServers } from './seeded.mjs';
import { interleave, toRow } from './statistics.mjs';

const REQUESTS = 30;
/** Where a deep page begins: as far as this part of all rows. */
const DEPTH = 0.9;

const workspace = (path, kind, more = () => ({}), isOldestFirst = false) => ({
  name: path,
  address: (server, depth) =>
    server.trpc(path, {
      workspaceId: server.workspaceId,
      ...more(server),
      ...cursorAt(server, kind, depth, isOldestFirst),
    }),
});
const user = (path, kind, isOldestFirst) => ({
  name: path,
  address: (server, depth) => server.trpc(path, { ...cursorAt(server, kind, depth, isOldestFirst) }),
});
const partner = (path, kind, query = '') => ({
  name: `GET ${path}${query && `?${query}`}`,
  address: (server, depth) =>
    `${server.url}/api/provisioning/${path}?${new URLSearchParams(cursorAt(server, kind, depth)).toString()}&${query}`,
});

/** Every list of the product, and those filters of them that a screen or a partner uses. */
export const LISTS = [
  user('workspaces.list', 'workspace', true),
  { ...workspace('members.list', 'user', undefined, true) },
  workspace('managedTenants.list', 'managed'),
  workspace('connections.list', 'connection', undefined, true),
  named('connections.list of a managed tenant', workspace('connections.list', null, ofManagedTenant)),
  workspace('onboarding.list', 'session'),
  named(
    'onboarding.list, open',
    workspace('onboarding.list', 'session', () => ({ status: 'open' })),
  ),
  workspace('operations.list', 'bootstrap'),
  named(
    'operations.list, live',
    workspace('operations.list', null, () => ({ live: true })),
  ),
  named(
    'operations.list, failed',
    workspace('operations.list', null, () => ({ status: 'failed' })),
  ),
  named('operations.list of a managed tenant', workspace('operations.list', null, ofManagedTenant)),
  named(
    'operations.list of a type',
    workspace('operations.list', 'run', () => ({ type: 'provider.connection.check' })),
  ),
  workspace('audit.list', 'event'),
  named('audit.list of a managed tenant', workspace('audit.list', null, ofManagedTenant)),
  named(
    'audit.list, denied',
    workspace('audit.list', null, () => ({ outcome: 'denied' })),
  ),
  named(
    'audit.list of an action',
    workspace('audit.list', null, () => ({ action: 'members.remove' })),
  ),
  { name: 'auth.sessions', address: (server) => `${server.url}/trpc/auth.sessions` },
  partner('tenants', 'tenant'),
  partner('tenants', null, 'status=failed'),
  partner('tenants', null, 'q=Tenant+777'),
  partner('api-keys', 'key'),
  partner('webhooks', 'webhook'),
  partner(`webhooks/${idOf('webhook', 1)}/deliveries`, 'delivery'),
];

function ofManagedTenant(server) {
  return { managedTenantId: idOf('managed', Math.ceil(server.count / 2)) };
}

function named(name, list) {
  return { ...list, name };
}

/** Nothing for the first page; `kind` null: the list has one page only. */
function cursorAt(server, kind, depth, isOldestFirst = false) {
  if (depth === 0 || kind === null) return {};
  return { cursor: idOf(kind, Math.ceil(server.count * (isOldestFirst ? depth : 1 - depth))) };
}

/** P8: the first and a deep page of every list, with a million rows in it against a thousand; the worse of the two pages. */
export default async function measureLists() {
  const { large, small } = await seededServers();
  const rows = [];
  for (const list of LISTS) {
    const pages = [];
    for (const depth of [0, DEPTH]) {
      const read = (server) => () =>
        medianLatency(Array.from({ length: REQUESTS }).fill(list.address(server, depth)), server.headers);
      if (depth > 0 && list.address(large, 0) === list.address(large, depth)) continue;
      await Promise.all([read(large)(), read(small)()]);
      const page = depth === 0 ? 'first page' : 'deep page';
      const about = {
        id: 'P8',
        measure: `${list.name}, ${page}, p50 with 1 M rows / with 1 k`,
        pass: '≤ 1.5',
      };
      pages.push(toRow({ ...about, unit: ' ms', digits: 2 }, await interleave(5, read(large), read(small))));
    }
    rows.push(pages.toSorted((a, b) => b.ratio - a.ratio)[0]);
  }
  return rows;
}
