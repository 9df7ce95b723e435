import { randomUUID } from 'node:crypto';
import { signIn, startGangway } from './servers.mjs';
import { areaUnderCurve, spread } from './statistics.mjs';

const REQUESTS = 500;
const WARM_UP = 100;

/**
 * P23: whether the time of a denial says that an id is somebody's. Somebody else's id and random ones are asked for in
 * turn, in random order; the area under the ROC curve is the chance to tell one of each apart by their times.
 */
export default async function measureForeignIds() {
  const gangway = await startGangway();
  try {
    const rows = [];
    for (const { measure, foreign, ask } of await casesOf(gangway.url)) {
      const times = { foreign: [], random: [] };
      for (let index = -WARM_UP; index < REQUESTS; index += 1) {
        const pair = [
          ['foreign', foreign],
          ['random', randomUUID()],
        ];
        for (const [which, id] of Math.random() < 0.5 ? pair : pair.toReversed()) {
          const took = await timeOf(ask(id));
          if (index >= 0) times[which].push(took);
        }
      }
      const area = areaUnderCurve(times.foreign, times.random);
      rows.push({
        id: 'P23',
        measure: `${measure}: somebody else's id / random ones, p50; ratio: AUC`,
        ours: `${spread(times.foreign, 2)} ms`,
        theirs: `${spread(times.random, 2)} ms`,
        ratio: Math.max(area, 1 - area),
        pass: '≤ 0.55',
      });
    }
    return rows;
  } finally {
    await gangway.stop();
  }
}

async function timeOf({ url, headers }) {
  const started = performance.now();
  const response = await fetch(url, { headers });
  await response.arrayBuffer();
  const took = performance.now() - started;
  if (response.status !== 404) throw new Error(`${url} answered ${response.status}`);
  return took;
}

async function casesOf(url) {
  const post = async (path, body, headers) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const query = (path, input) => `${url}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
  const other = { cookie: await signIn(url, 'owner@globex.example') };
  const otherWorkspace = await (
    await fetch(query('workspaces.get', { workspaceId: 'globex' }), { headers: other })
  ).json();
  const workspaceId = otherWorkspace.result.data.id;
  const identified = await post(
    '/trpc/onboarding.identifyTenant',
    { workspaceId, entraTenantId: randomUUID(), name: 'Contoso' },
    other,
  );
  const token = await fetch(`${url}/api/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: 'other-partner' },
      client_secret: 'other-partner-secret',
    }),
  }).then((response) => response.json());
  const tenant = await post(
    '/api/provisioning/tenants',
    { client_name: 'Contoso', email: 'admin@contoso.example' },
    { authorization: `Bearer ${token.access_token}` },
  );
  const member = { cookie: await signIn(url) };
  const partner = { authorization: 'Bearer gwk_demo_partner_admin' };
  return [
    {
      measure: 'workspaces.get of a stranger',
      foreign: workspaceId,
      ask: (id) => ({ url: query('workspaces.get', { workspaceId: id }), headers: member }),
    },
    {
      measure: 'managedTenants.get of a member',
      foreign: identified.result.data.managedTenantId,
      ask: (id) => ({
        url: query('managedTenants.get', { workspaceId: 'acme', managedTenantId: id }),
        headers: member,
      }),
    },
    ...[
      ['tenants', tenant.tenant],
      ['operation-runs', tenant.operation_run_id],
    ].map(([name, foreign]) => ({
      measure: `GET ${name}/{id} of another partner`,
      foreign,
      ask: (id) => ({ url: `${url}/api/provisioning/${name}/${id}`, headers: partner }),
    })),
  ];
}
