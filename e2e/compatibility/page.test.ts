import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

interface Row {
  readonly [column: string]: string;
}
const { renderPage } = (await import(new URL('lib/page.mjs', import.meta.url).href)) as {
  renderPage: (rows: readonly Row[]) => Promise<string>;
};

test('docs/compatibility.md is what results.json says; `pnpm compatibility --render` writes it anew', async () => {
  const read = (file: string) => readFile(new URL(file, import.meta.url), 'utf8');
  const rows = JSON.parse(await read('results.json')) as Row[];
  expect(await read('../../docs/compatibility.md')).toBe(await renderPage(rows));
});

test('text of other programs is no markup', async () => {
  const row = {
    area: 'a',
    name: 'n',
    version: '1',
    checked: 'c',
    result: 'fails: a|b <c> `x|y_z`',
    date: 'd',
  };
  expect(await renderPage([row])).toContain('fails: a\\|b \\<c> `x\\|y_z`');
});
