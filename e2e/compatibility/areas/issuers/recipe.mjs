import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const PAGE = new URL('../../../../docs/trusted-issuers.md', import.meta.url);

/** TRUSTED_ISSUERS as a section of docs/trusted-issuers.md has it, with `origin` in place of the page's. */
export async function readRecipe(heading, origin) {
  const section = (await readFile(PAGE, 'utf8'))
    .split(/^## /m)
    .find((text) => text.startsWith(`${heading}\n`));
  const [, json] = /^```json\n([^]*?)^```$/m.exec(section ?? '') ?? [];
  if (json === undefined) throw new Error(`docs/trusted-issuers.md has no recipe for ${heading}`);
  const [recipe] = JSON.parse(json);
  const toOurs = (url) => `${origin}${new URL(url).pathname.replace(/\/$/, '')}`;
  return JSON.stringify([{ ...recipe, issuer: toOurs(recipe.issuer), jwksUrl: toOurs(recipe.jwksUrl) }]);
}

/** The status of a call with the token. */
export async function callWith(server, token) {
  const response = await fetch(`${server.url}/api/provisioning/tenants?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await response.body?.cancel();
  return response.status;
}

/**
 * The same for a token with a new key of its issuer. The keys were fetched a moment ago, and are not fetched again for one
 * that is unknown within 30 seconds.
 */
export async function callUntilTaken(server, token) {
  for (const end = Date.now() + 40_000; Date.now() < end; await sleep(1_000)) {
    const status = await callWith(server, token);
    if (status !== 401) return status;
  }
  return 401;
}
