// The linters of OpenAPI documents, on the document as a server serves it. docs/clients.md answers what they find.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

const REDOCLY = { name: 'Redocly CLI', version: '2.77.0' };
const SPECTRAL = { name: 'Spectral', version: '6.16.3' };

export async function* check(context) {
  if (context.wants(REDOCLY.name, REDOCLY.version))
    yield await lint(context, REDOCLY, '@redocly/cli', {
      checked: 'the rules `recommended`',
      find: findByRedocly,
      answered: ['info-license', 'no-unused-components'],
    });
  if (context.wants(SPECTRAL.name, SPECTRAL.version))
    yield await lint(context, SPECTRAL, '@stoplight/spectral-cli', {
      checked: 'the rules `spectral:oas`',
      find: findBySpectral,
      answered: ['info-contact'],
    });
}

/** Works if the linter finds what docs/clients.md answers, and nothing else. */
function lint(context, { name, version }, dependency, { checked, find, answered }) {
  return context.attempt({ name, version, checked }, async () => {
    const { folder, bin } = await context.npm(name, { [dependency]: version });
    const { url } = await context.server();
    const response = await fetch(`${url}/api/openapi.json`);
    await writeFile(path.join(folder, 'openapi.json'), await response.text());
    const rules = await find(context, folder, bin);
    assert.deepEqual([...new Set(rules)].toSorted(), answered);
    return `${answered.map((rule) => `\`${rule}\``).join(', ')}: answered in clients.md`;
  });
}

async function findByRedocly(context, folder, bin) {
  const { stdout } = await context.run(bin('redocly'), ['lint', 'openapi.json', '--format=json'], {
    cwd: folder,
    env: { REDOCLY_TELEMETRY: 'off' },
    check: false,
  });
  return JSON.parse(stdout).problems.map(({ ruleId }) => ruleId);
}

async function findBySpectral(context, folder, bin) {
  await writeFile(path.join(folder, '.spectral.yaml'), 'extends: ["spectral:oas"]\n');
  const args = ['lint', 'openapi.json', '--format=json', '--quiet'];
  const { stdout } = await context.run(bin('spectral'), args, { cwd: folder, check: false });
  return JSON.parse(stdout).map(({ code }) => code);
}
