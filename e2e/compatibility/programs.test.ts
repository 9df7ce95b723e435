import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const { PAGES, renderPrograms } = (await import(new URL('lib/programs.mjs', import.meta.url).href)) as {
  PAGES: readonly string[];
  renderPrograms: (page: string) => Promise<string>;
};

test.each(PAGES)('the programs of %s are those that the checks run; `--render` copies them', async (page) => {
  const text = await readFile(new URL(`../../${page}`, import.meta.url), 'utf8');
  expect(text).toBe(await renderPrograms(page));
  // Every program has its file: what is only written on the page is something that nobody has run.
  const blocks = text.match(/^```(?!sh$|json$)\w+$/gm) ?? [];
  const files = text.match(/\]\(\.\.\/e2e\/compatibility\/areas\/[^)\s]+\.\w+\)[^\n]*:\n\n```/g) ?? [];
  expect(files.length).toBe(blocks.length);
  expect(files.length).toBeGreaterThan(0);
});
