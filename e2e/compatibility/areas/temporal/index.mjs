// Temporal's SDKs of other languages: each starts a creation, changes a parameter by a signal, queries the state and waits for
// the result, without the payload keys and with them.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../../lib/start-program.mjs';
import { CLIENTS } from './clients.mjs';
import { findTemporal, startTemporal } from './temporal-server.mjs';

const CLI = fileURLToPath(new URL('../../../../apps/server/dist/cli.js', import.meta.url));

const KINDS = [
  { keys: 'without', checked: 'without the payload keys: start, signal `update`, query `getState`, result' },
  {
    keys: 'with',
    checked:
      'with the payload keys: the same encrypted, the temporary password in the result, `DuplicateError`',
  },
];

export async function* check(context) {
  const asked = CLIENTS.filter(({ name, version }) => context.wants(name, version));
  if (asked.length === 0) return;
  const binary = findTemporal();
  const server = binary && (await startOnTemporal(context, binary));
  for (const { name, version, ...client } of asked) {
    const row = { name, version, checked: KINDS.map(({ checked }) => checked).join('; ') };
    if (server === null) yield { ...row, result: 'not run: there is no `temporal` on the PATH' };
    else yield await context.attempt(row, () => tryClient(context, server, client));
  }
}

async function startOnTemporal(context, binary) {
  const temporal = await startTemporal(context, binary);
  const key = randomBytes(32).toString('base64url');
  const env = { TEMPORAL_ADDRESS: temporal.address, ENCRYPTION_KEYS: `today:${key}` };
  const server = await context.startServer({ env });
  const { stdout } = await context.run(process.execPath, [CLI, 'keys', 'temporal'], { env });
  return { ...server, temporal, payloadKeys: stdout.trim().split('=')[1] };
}

async function tryClient(context, server, client) {
  const command = await client.prepare(context);
  const plain = await createTenant(context, server, command, {});
  assert.match(plain.password, /^(null|None)$/);
  assert.ok(plain.history.includes('Fabrikam Lda'));
  const sealed = await createTenant(context, server, command, { TEMPORAL_PAYLOAD_KEYS: server.payloadKeys });
  assert.ok(!sealed.history.includes('Fabrikam Lda'));
  assert.ok(sealed.history.includes('binary/jwe'));
  assert.equal(await signIn(server, sealed), 200);
  await tryDuplicate(context, server, command, sealed.email);
}

/** An address that has an account: the program ends with the documented type of error. */
async function tryDuplicate(context, server, command, email) {
  const keys = { TEMPORAL_PAYLOAD_KEYS: server.payloadKeys };
  const { program } = await startCreation(context, server, command, { email, keys });
  await assert.rejects(async () => {
    await program.nextLine(); // the state
    await program.nextLine();
  }, /DuplicateError/);
}

async function createTenant(context, server, command, keys) {
  const email = `ines.${keys.TEMPORAL_PAYLOAD_KEYS ? 'sealed' : 'plain'}.${Date.now()}@fabrikam.example`;
  const { program, workflowId } = await startCreation(context, server, command, { email, keys });
  assert.match(await program.nextLine(), /^Step: \w+ Progress: [\d.]+$/);
  const [, tenant, password] =
    /^Tenant: (\S+) Temporary password: (\S+)$/.exec(await program.nextLine()) ?? [];
  const { contract_line: line } = await read(server, `/api/provisioning/tenants/${tenant}/configuration`);
  assert.equal(line, 'enterprise');
  return { email, password, history: await server.temporal.showHistory(workflowId) };
}

/**
 * Starts the program. The server stands still until the signal was sent, so that this comes before the step that needs the
 * parameter, and before the end.
 */
async function startCreation(context, { temporal, pid }, [command, ...args], { email, keys }) {
  process.kill(pid, 'SIGSTOP');
  try {
    const env = { TEMPORAL_ADDRESS: temporal.address, ...keys };
    const program = startProgram(context, command, [...args, email], { env });
    const [, workflowId = ''] = /^Started (\S+)$/.exec(await program.nextLine()) ?? [];
    return { program, workflowId };
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

async function read({ url, apiKey }, where) {
  const response = await fetch(url + where, { headers: { authorization: `Bearer ${apiKey}` } });
  assert.equal(response.status, 200);
  return response.json();
}

async function signIn({ url }, { email, password }) {
  const response = await fetch(`${url}/trpc/auth.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  await response.body?.cancel();
  return response.status;
}
