// `pnpm bench`: performance as ratios, A and B in turn on this machine, and the table in docs/performance.md.
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { measureDurableRuns } from './bench/durable-runs.mjs';
import { measureAuthorizedRead } from './bench/authorized-read.mjs';
import { countStatements } from './bench/statements.mjs';
import { measureTenantCreation } from './bench/tenant-creation.mjs';
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { main, say } from './lib/run.mjs';

const MEASURES = [measureDurableRuns, measureTenantCreation, countStatements, measureAuthorizedRead];

await main(async () => {
  await ensureInstalled();
  await build();
  const rows = [];
  for (const measure of MEASURES) {
    say(`Measuring: ${measure.name}`);
    rows.push(...[await measure()].flat());
  }
  const table = [
    '| # | measure | ours | theirs | ratio | pass |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.id} | ${row.measure} | ${row.ours} | ${row.theirs} | ${row.ratio.toFixed(2)} | ${row.pass} |`,
    ),
  ].join('\n');
  console.log(table);
  await writeFile(path.join(ROOT, 'docs/performance.md'), toPage(table));
});

function toPage(table) {
  const [cpu] = os.cpus();
  const machine = `${os.cpus().length} cores (${cpu?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  return `# Performance

Ratios, measured side by side by \`pnpm bench\`: medians of five rounds with their spread, ${new Date().toISOString().slice(0, 10)}, on ${machine}.
Times on shared machines move by a factor of two within minutes, so only the ratios mean something.

${table}
`;
}
