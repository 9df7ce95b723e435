// `pnpm bench`: performance as ratios, A and B in turn on this machine, and the table in docs/performance.md.
// `pnpm bench P7 P8` measures these alone; their rows are replaced, the others stay with their date.
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { main, say } from './lib/run.mjs';
import { MEASURES } from './bench/measures.mjs';
import { writeRows } from './bench/page.mjs';
import { stopSeededServers } from './bench/seeded.mjs';

const asked = process.argv.slice(2).map((id) => id.toUpperCase());
const unknown = asked.filter((id) => !(id in MEASURES));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are ${Object.keys(MEASURES).join(', ')}.`);
  process.exit(1);
}

await main(async () => {
  await ensureInstalled();
  await build();
  const failed = [];
  for (const id of asked.length > 0 ? asked : Object.keys(MEASURES)) {
    say(`Measuring ${id}`);
    const started = performance.now();
    try {
      const { default: measure } = await MEASURES[id]();
      const rows = [await measure()].flat();
      for (const row of rows)
        console.log(`  ${row.measure}: ${row.ours} / ${row.theirs} = ${row.ratio.toFixed(2)} (${row.pass})`);
      await writeRows(rows);
    } catch (error) {
      console.error(error);
      failed.push(id);
    }
    console.log(`  ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  await stopSeededServers();
  if (failed.length > 0) throw new Error(`Not measured: ${failed.join(', ')}`);
  // Connections and timers of what was measured against do not keep the process.
  process.exit(0);
});
