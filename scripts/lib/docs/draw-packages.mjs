import { isForTests, packageOf, readImports } from '../read-imports.mjs';

/** From what everything uses to what uses everything: the order of the nodes. */
const PACKAGES = [
  'packages/contract',
  'packages/db',
  'packages/providers',
  'packages/engine',
  'packages/domain',
  'packages/api',
  'packages/client',
  'apps/web',
  'apps/server',
];

/** What is outside of the process, known by the library that reaches it. */
const OUTSIDE = [
  { id: 'postgresql', title: 'PostgreSQL', library: /^(pg|@prisma\/.+)$/ },
  { id: 'temporal', title: 'Temporal', library: /^@temporalio\// },
];

/**
 * The imports of the product between its packages, as a Mermaid flowchart. An arrow that a longer way says as well is left out;
 * a dotted one is for types only, and nothing of it is there at run time.
 */
export async function drawPackages() {
  const edges = await readEdges();
  const shown = [...edges].filter(([key]) => !hasLongerWay(edges, key));
  const lines = shown.map(
    ([, { from, to, isType }]) => `  ${idOf(from)} ${isType ? '-.->' : '-->'} ${idOf(to)}`,
  );
  const used = OUTSIDE.filter(({ id }) => shown.some(([, { to }]) => to === id));
  return [
    'flowchart TB',
    ...PACKAGES.map((name) => `  ${idOf(name)}["${name}"]`),
    ...used.map(({ id, title }) => `  ${id}(["${title}"])`),
    ...lines.toSorted(),
  ].join('\n');
}

async function readEdges() {
  const edges = new Map();
  for (const [file, imports] of await readImports(PACKAGES)) {
    if (isForTests(file)) continue;
    const from = packageOf(file);
    for (const { name, isType, target } of imports) {
      const to = target === null ? OUTSIDE.find(({ library }) => library.test(name))?.id : packageOf(target);
      if (to === undefined || to === from) continue;
      const known = edges.get(`${from} ${to}`);
      edges.set(`${from} ${to}`, { from, to, isType: isType && (known?.isType ?? true) });
    }
  }
  return edges;
}

function hasLongerWay(edges, key) {
  const { from, to } = edges.get(key);
  const reaches = (start) =>
    [...edges.values()].some(
      (edge) => edge.from === start && !edge.isType && (edge.to === to || reaches(edge.to)),
    );
  return [...edges.values()].some(
    (edge) => edge.from === from && !edge.isType && edge.to !== to && reaches(edge.to),
  );
}

const idOf = (name) => name.split('/').at(-1);
