import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../lib/root.mjs';

const PAGE = path.join(ROOT, 'docs/performance.md');
const HEAD = '| # | measure | ours | theirs | ratio | pass | date |\n|---|---|---|---|---|---|---|';

/**
 * Puts the rows of one measure into the table of docs/performance.md, in place of those with its id, and the machine
 * into the line above it. The text around stays as it is.
 */
export async function writeRows(rows) {
  const page = await readFile(PAGE, 'utf8');
  const lines = page.split('\n');
  const isTable = (line) => line.startsWith('|');
  const [before, after] = [lines.findIndex(isTable), lines.findLastIndex(isTable) + 1];
  const ids = new Set(rows.map((row) => row.id));
  const kept = lines.slice(before + 2, after).filter((line) => !ids.has(idOf(line)));
  const table = [...kept, ...rows.map(toLine)].toSorted((a, b) => numberOf(a) - numberOf(b));
  const text = [...lines.slice(0, before), HEAD, ...table, ...lines.slice(after)].join('\n');
  const known = text.replace(/^Last run on .*$/m, `Last run on ${describeMachine()}.`);
  await writeFile(PAGE, await format(known, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}

const idOf = (line) => line.split('|')[1].trim();
const numberOf = (line) => Number(idOf(line).slice(1));

function toLine({ id, measure, ours, theirs, ratio, pass }) {
  const date = new Date().toISOString().slice(0, 10);
  return `| ${id} | ${measure} | ${ours} | ${theirs} | ${ratio.toFixed(2)} | ${pass} | ${date} |`;
}

function describeMachine() {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus().length} cores (${cpu?.model.trim()}), ${memory} GiB, Node ${process.version}`;
}
