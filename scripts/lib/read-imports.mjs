// The imports of the sources, as files: what `check-imports.mjs` judges and the diagram of ARCHITECTURE.md shows.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from './root.mjs';
import { listFiles } from './stamp.mjs';

/**
 * Reads every TypeScript source of some packages (`packages/contract`, …). Maps the absolute file to its imports: the name as it is
 * written, whether it is for types only, and the absolute file it leads to (null outside of the repository).
 */
export async function readImports(packages) {
  const files = (await Promise.all(packages.map((name) => listFiles(`${name}/src`)))).flat();
  const graph = new Map();
  for (const file of files.filter((name) => /\.tsx?$/.test(name)))
    graph.set(file, parseImports(file, await readFile(file, 'utf8')));
  return graph;
}

/** Whether a file is for tests only, and may use more than the product may. */
export function isForTests(file) {
  return /\.test\.tsx?$|\/testing\/|\/test-[^/]+\.ts$/.test(file.replaceAll(path.sep, '/'));
}

/** The package (`packages/contract`) that a file of the repository belongs to. */
export function packageOf(file) {
  return path.relative(ROOT, file).split(path.sep).slice(0, 2).join('/');
}

function parseImports(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return source.statements
    .filter((node) => (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
    .map((node) => ({
      name: node.moduleSpecifier.text,
      isType: (node.importClause ?? node).isTypeOnly ?? false,
    }))
    .map((edge) => ({ ...edge, target: resolve(file, edge.name) }));
}

function resolve(file, name) {
  const base = name.startsWith('.')
    ? path.resolve(path.dirname(file), name)
    : name.replace(/^@gangway\/([^/]+)\//, (_, folder) => path.join(ROOT, 'packages', folder, 'src/'));
  const stems = [base.replace(/\.jsx?$/, ''), base];
  const candidates = stems.flatMap((stem) => [`${stem}.ts`, `${stem}.tsx`, stem]);
  return candidates.find((candidate) => path.isAbsolute(candidate) && isSource(candidate)) ?? null;
}

function isSource(candidate) {
  return /\.tsx?$/.test(candidate) && existsSync(candidate);
}
