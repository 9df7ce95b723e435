// `pnpm compatibility`: tries Gangway with what its users have, and writes what was found into results.json and
// docs/compatibility.md. `pnpm compatibility client` runs one area; `pnpm compatibility client:deno` only those of its checks
// whose name or version contains "deno". Rows that were not tried again stay with their date. `--render` only writes the pages.
import { build } from '../../scripts/lib/build.mjs';
import { ensureInstalled } from '../../scripts/lib/install.mjs';
import { main, say } from '../../scripts/lib/run.mjs';
import { createContext } from './lib/context.mjs';
import { listAreas, loadArea } from './lib/areas.mjs';

const args = process.argv.slice(2);
const known = await listAreas();
const asked = (args.length > 0 ? args : known).map((text) => {
  const [area, filter = ''] = text.toLowerCase().split(':');
  return { area, filter };
});

await main(async () => {
  await ensureInstalled();
  // These need what was just installed.
  const { writePrograms } = await import('./lib/programs.mjs');
  const { writePage } = await import('./lib/page.mjs');
  const { readResults, writeResults } = await import('./lib/results.mjs');
  if (args.includes('--render')) {
    await writePrograms();
    return writePage(await readResults());
  }
  const unknown = asked.filter(({ area }) => !known.includes(area)).map(({ area }) => area);
  if (unknown.length > 0)
    throw new Error(`There is no area ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  await build();
  const failed = [];
  for (const { area, filter } of asked) {
    say(`Compatibility: ${area}${filter && `, only ${filter}`}`);
    // Each row is kept at once: a long area that is interrupted loses only what it was at.
    const keep = async (rows, isWhole) => writePage(await writeResults(area, rows, { isWhole }));
    const rows = await runArea(area, filter, (row) => keep([row], false));
    await keep(rows, filter === '');
    failed.push(...rows.filter((row) => row.result.startsWith('fails')));
  }
  failed.forEach(({ area, name, version, result }) => console.log(`${area}: ${name} ${version} ${result}`));
  process.exitCode = failed.length > 0 ? 1 : 0;
});

/** The rows of one area, each with its date. Whatever the area started has ended and its folder is removed afterwards. */
async function runArea(area, filter, keep) {
  const check = await loadArea(area);
  const context = await createContext(area, filter);
  const rows = [];
  try {
    for await (const found of check(context)) {
      const row = { area, ...found, date: new Date().toISOString().slice(0, 10) };
      console.log(`  ${row.name} ${row.version}: ${row.result}`);
      await keep(row);
      rows.push(row);
    }
    return rows;
  } finally {
    await context.close();
  }
}
