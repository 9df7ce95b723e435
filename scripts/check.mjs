// `pnpm check`: formatting, lint, types, direction of imports and cycles. No database, seconds.
import { generate } from './lib/build.mjs';
import { runChecks } from './lib/checks.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  await generate();
  const { failed } = await runChecks();
  if (failed.length > 0) {
    console.error(`\nFailed: ${failed.join(', ')}`);
    process.exit(1);
  }
  console.log('All checks passed.');
});
