// `pnpm docs:write`: writes the parts of the documentation that follow from something else. With --check it writes nothing, and
// says what is not current, which links lead nowhere and what the index lacks.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { drawPackages } from './lib/docs/draw-packages.mjs';
import { findDocProblems } from './lib/docs/find-doc-problems.mjs';
import { listDecisions } from './lib/docs/list-decisions.mjs';
import { ROOT } from './lib/root.mjs';

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
const GENERATED = [
  {
    file: 'ARCHITECTURE.md',
    name: 'packages',
    write: async () => `\`\`\`mermaid\n${await drawPackages()}\n\`\`\``,
  },
  { file: 'docs/README.md', name: 'decisions', write: listDecisions },
];

const isCheck = process.argv.includes('--check');
const problems = [];
for (const { file, name, write } of GENERATED) {
  const text = await readFile(path.join(ROOT, file), 'utf8');
  const current = replaceBetween(text, name, await write());
  if (current === text) continue;
  if (isCheck) problems.push(`${file} is not current: pnpm docs:write`);
  else await writeFile(path.join(ROOT, file), current);
}
problems.push(...(await findDocProblems()));
problems.forEach((problem) => console.error(problem));
process.exit(problems.length > 0 ? 1 : 0);

function replaceBetween(text, name, content) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`There is no place for ${name}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}
