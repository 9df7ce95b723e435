import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

const FILE = fileURLToPath(new URL('../results.json', import.meta.url));
const COLUMNS = ['area', 'name', 'version', 'checked', 'result', 'date'];
const RESULT = /^(works|(works, with|fails:|not run:) \S.*)$/s;

/** Every row that is on record, ordered by area, name and version. */
export async function readResults() {
  return JSON.parse(await readFile(FILE, 'utf8'));
}

/**
 * Puts the rows of one area in place of its earlier ones and gives all rows. If only some of the area's checks were run
 * (`isWhole: false`), only the rows with the same name and version are replaced.
 * @throws Error if a row lacks a column or its result does not begin as it must
 */
export async function writeResults(area, rows, { isWhole }) {
  rows.forEach(requireRow);
  const keys = new Set(rows.map(keyOf));
  const isReplaced = (row) => row.area === area && (isWhole || keys.has(keyOf(row)));
  const kept = (await readResults()).filter((row) => !isReplaced(row));
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  const all = [...kept, ...rows]
    .map((row) => Object.fromEntries(COLUMNS.map((column) => [column, row[column]])))
    .toSorted((a, b) => compare(keyOf(a), keyOf(b)));
  await writeFile(FILE, await format(JSON.stringify(all, null, 2), { parser: 'json', printWidth: 110 }));
  return all;
}

const keyOf = ({ area, name, version }) => `${area}\t${name}\t${version}`;

function requireRow(row) {
  const missing = COLUMNS.filter((column) => typeof row[column] !== 'string' || row[column] === '');
  if (missing.length > 0) throw new Error(`${JSON.stringify(row)} has no ${missing.join(', ')}`);
  if (!RESULT.test(row.result))
    throw new Error(`"${row.result}" is not "works", "works, with …", "fails: …" or "not run: …"`);
}
