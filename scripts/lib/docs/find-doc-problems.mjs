import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../root.mjs';
import { listFiles } from '../stamp.mjs';

const MOST_README_LINES = 15;

/** What is wrong with the documentation, one line each: links that lead nowhere, documents without one, READMEs that are too long. */
export async function findDocProblems() {
  const pages = new Map();
  for (const file of await listPages()) pages.set(file, await readFile(path.join(ROOT, file), 'utf8'));
  const problems = [...pages].flatMap(([file, text]) => findDeadLinks(file, text, pages));
  const index = linksOf(pages.get('docs/README.md') ?? '').map((link) => path.posix.join('docs', link));
  for (const file of pages.keys())
    if (/^docs\/(?!README)[\w-]+\.md$/.test(file) && !index.includes(file))
      problems.push(`${file} is not in docs/README.md`);
  for (const [file, text] of pages)
    if (
      /^(packages|apps)\/\w+\/README\.md$/.test(file) &&
      text.trimEnd().split('\n').length > MOST_README_LINES
    )
      problems.push(`${file} has more than ${MOST_README_LINES} lines: the rest belongs in docs/`);
  return problems;
}

async function listPages() {
  const top = (await readdir(ROOT)).filter((name) => name.endsWith('.md'));
  const nested = await Promise.all(['docs', 'packages', 'apps', '.changeset'].map(listFiles));
  return [...top, ...nested.flat().map((file) => path.relative(ROOT, file).replaceAll(path.sep, '/'))].filter(
    (file) => file.endsWith('.md'),
  );
}

/** Links inside of the repository; code is no link. */
function linksOf(text) {
  const prose = text.replace(/^(```|~~~)[^]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^\w+:/.test(link));
}

function findDeadLinks(file, text, pages) {
  return linksOf(text).flatMap((link) => {
    const [name, anchor] = link.split('#');
    const target = name === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(name));
    if (!existsSync(path.join(ROOT, target))) return [`${file}: ${link} leads nowhere`];
    const page = pages.get(target);
    const isFound = anchor === undefined || page === undefined || anchorsOf(page).has(anchor);
    return isFound ? [] : [`${file}: ${target} has no heading #${anchor}`];
  });
}

/** As GitHub names headings. */
function anchorsOf(text) {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
