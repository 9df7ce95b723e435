import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../../scripts/lib/root.mjs';

/** The pages whose programs are files that the checks run. */
export const PAGES = ['docs/clients.md', 'docs/trusted-issuers.md'];

/** A line with a link to a program, and the block below it. */
const PROGRAM = /(\]\(\.\.\/(e2e\/compatibility\/areas\/[^)\s]+\.\w+)\)[^\n]*:\n\n```\w+\n)([^]*?)(^```$)/gm;

/** The page with each program as it is in its file. @throws Error if there is no such file */
export async function renderPrograms(page) {
  const text = await readFile(path.join(ROOT, page), 'utf8');
  const files = [...text.matchAll(PROGRAM)].map(([, , file]) => file);
  const programs = await Promise.all(files.map((file) => readFile(path.join(ROOT, file), 'utf8')));
  return text.replaceAll(PROGRAM, (_all, head, _file, _body, end) => `${head}${programs.shift()}${end}`);
}

/** Writes {@link renderPrograms} of all pages to their places. */
export async function writePrograms() {
  for (const page of PAGES) await writeFile(path.join(ROOT, page), await renderPrograms(page));
}
