import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../root.mjs';

/** One line of Markdown for each decision: its number and title, with a link from docs/README.md. */
export async function listDecisions() {
  const folder = path.join(ROOT, 'docs/decisions');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).toSorted();
  const lines = names.map(async (name) => {
    const [title = ''] = (await readFile(path.join(folder, name), 'utf8')).split('\n');
    const [, number, words] = /^# (\d{3}):? (.+)$/.exec(title) ?? [];
    if (number === undefined || !name.startsWith(`${number}-`))
      throw new Error(`docs/decisions/${name} must begin with "# ${name.slice(0, 3)} " and a title`);
    return `- ${number} [${words}](decisions/${name})`;
  });
  return (await Promise.all(lines)).join('\n');
}
