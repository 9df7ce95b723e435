// Holds the direction of imports (docs: "Rooms") and refuses cycles, over the sources of all packages. What the
// package manager cannot see is seen here: type-only imports, relative paths that leave a package, cycles of files.
import path from 'node:path';
import { isForTests, packageOf, readImports } from './lib/read-imports.mjs';
import { ROOT } from './lib/root.mjs';

const all = ['contract', 'db', 'providers', 'engine', 'domain', 'api'];
/** Room -> what it may import. `types of` means `import type` only. */
const ROOMS = {
  'packages/contract': [],
  'packages/db': ['contract'],
  'packages/providers': ['contract'],
  'packages/engine': ['contract', 'db'],
  'packages/domain': ['contract', 'db', 'providers', 'engine'],
  'packages/api': ['contract', 'domain', 'types of engine'],
  'packages/client': ['contract', 'types of api'],
  'apps/web': ['contract', 'types of api'],
  'apps/server': [...all, 'client'],
};

/** What the packages above import of the engine: its port, and what is pure. The server, which wires it, may import everything. */
const ENGINE_ENTRANCES = ['port', 'plan', 'temporal/define-workflows'];
const ABOVE_ENGINE = ['packages/domain', 'packages/api'];

const problems = [];
const graph = await readImports(Object.keys(ROOMS));
for (const file of graph.keys()) {
  for (const edge of graph.get(file)) {
    checkDirection(file, edge);
    checkEngine(file, edge);
    checkDriver(file, edge);
  }
}
findCycles();
problems.forEach((problem) => console.error(problem));
console.log(`Imports: ${graph.size} files, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);

function checkDirection(file, { name, isType, target }) {
  const from = packageOf(file);
  const to = target ? packageOf(target) : null;
  const room = (to ?? name).match(/^(?:packages|@gangway|apps)\/([^/]+)/)?.[1];
  if (!room || to === from) return;
  if (name.startsWith('.')) problems.push(`${path.relative(ROOT, file)}: ${name} leaves the package`);
  // Tests may set up what stands below their room.
  const isSetUp = isTest(file) && all.includes(room);
  const isAllowed = ROOMS[from].includes(room) || (isType && ROOMS[from].includes(`types of ${room}`));
  if (!isAllowed && !isSetUp) problems.push(`${path.relative(ROOT, file)}: ${from} may not import ${name}`);
}

/** Tests may start an engine, and use its test helpers. */
function checkEngine(file, { name }) {
  const from = path.relative(ROOT, file).replaceAll(path.sep, '/');
  const isAbove = ABOVE_ENGINE.some((folder) => from.startsWith(`${folder}/`));
  if (!isAbove || isTest(file) || !name.startsWith('@gangway/engine/')) return;
  if (ENGINE_ENTRANCES.includes(name.replace('@gangway/engine/', ''))) return;
  problems.push(`${from}: imports ${name}, which is behind the engine's port`);
}

/** Connections are opened in one folder, where each gets a listener for errors: without one a lost connection ends the process. */
function checkDriver(file, { name, isType }) {
  const from = path.relative(ROOT, file).replaceAll(path.sep, '/');
  if (name !== 'pg' || isType || from.startsWith('packages/db/src/connection/')) return;
  if (isForTests(from)) return;
  problems.push(`${from}: opens connections by itself: use packages/db/src/connection`);
}

function isTest(file) {
  return /(\.test\.tsx?|\/test-[^/]+\.ts)$/.test(file);
}

function findCycles() {
  const done = new Set();
  const visit = (file, trail) => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      problems.push(
        `Cycle: ${[...trail.slice(start), file].map((name) => path.relative(ROOT, name)).join(' -> ')}`,
      );
    } else if (!done.has(file)) {
      for (const { target } of graph.get(file) ?? []) if (target) visit(target, [...trail, file]);
      done.add(file);
    }
  };
  for (const file of graph.keys()) visit(file, []);
}
