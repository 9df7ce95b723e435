/** One file that a recipe adds or changes. */
export interface FileChange {
  readonly file: string;
  /** The whole file, or lines to be added and removed, beside lines that are there. */
  readonly kind: 'new' | 'diff';
  readonly text: string;
}

export interface Recipe {
  readonly title: string;
  readonly changes: readonly FileChange[];
  /** Arguments of `vitest run`, one list for each command of the recipe. */
  readonly tests: readonly (readonly string[])[];
}

/** Reads the recipes of CONTRIBUTING.md: the sections of the third level, with the fenced blocks that name a file. */
export function readRecipes(page: string): Recipe[] {
  const sections = page.split(/^### /m).slice(1);
  return sections.map((section) => {
    const blocks = [...section.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)];
    return {
      title: section.slice(0, section.indexOf('\n')),
      changes: blocks.flatMap(([, language, file, text = '']) =>
        file === undefined ? [] : [{ file, kind: language === 'diff' ? 'diff' : 'new', text }],
      ),
      tests: blocks.flatMap(([, , file, text = '']) => (file === undefined ? readCommands(text) : [])),
    };
  });
}

function readCommands(script: string): string[][] {
  const commands = [...script.matchAll(/^npx vitest run (.+)$/gm)];
  return commands.map(([, text = '']) =>
    [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
  );
}

/**
 * Applies a diff without line numbers: the lines of each part that are there already must be in the file once, one after the other.
 * @throws if they are not
 */
export function applyDiff(before: string, diff: string): string {
  return diff.split(/^@@\n/m).reduce((text, part) => {
    const lines = part.replace(/\n$/, '').split('\n');
    const withSigns = (signs: string) =>
      lines
        .filter((line) => signs.includes(line[0] ?? ' '))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const [there, wanted] = [withSigns(' -'), withSigns(' +')];
    if (text.split(there).length !== 2) throw new Error(`These lines are not there once:\n${there}`);
    return text.replace(there, () => wanted);
  }, before);
}
