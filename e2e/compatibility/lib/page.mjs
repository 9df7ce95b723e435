import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../../../scripts/lib/root.mjs';

const PAGE = path.join(ROOT, 'docs/compatibility.md');

const INTRODUCTION = `# Compatibility

What Gangway was tried with: the version that was installed, what was done with it, and what came of it, with the date. A row
is written only by running the check.

\`pnpm compatibility\` runs all checks (they install pinned packages of npm, PyPI, Maven Central and the Go proxy in a temporary
folder, need Python, Go, Java, Maven and Temporal's CLI, and take a while),
\`pnpm compatibility AREA\` those of one area, \`pnpm compatibility AREA:WORD\` those whose name or version contains a word. Rows
that were not tried again stay with their date. The checks are in \`e2e/compatibility/areas\`, the rows in
\`e2e/compatibility/results.json\`; this page is rendered from them.`;

/** docs/compatibility.md as the rows say it: one section for each area, in the order of the rows. */
export async function renderPage(rows) {
  const areas = [...new Set(rows.map((row) => row.area))];
  const sections = areas.map((area) => renderArea(area, rows));
  const text = [INTRODUCTION, ...sections].join('\n\n');
  return format(text, { ...(await resolveConfig(PAGE)), filepath: PAGE });
}

/** Writes {@link renderPage} to its place. */
export async function writePage(rows) {
  await writeFile(PAGE, await renderPage(rows));
}

function renderArea(area, rows) {
  const lines = rows
    .filter((row) => row.area === area)
    .map(({ name, version, checked, result, date }) => [name, version, checked, result, date])
    .map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`);
  const head = '| what | version | checked | result | date |\n| --- | --- | --- | --- | --- |';
  return `## ${area}\n\n${head}\n${lines.join('\n')}`;
}

/** A cell is one line, and only its `code` is markup. */
function escapeCell(text) {
  return text
    .replaceAll(/\s+/g, ' ')
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll(/[<*_[\]\\]/g, '\\$&')))
    .join('')
    .replaceAll('|', '\\|');
}
