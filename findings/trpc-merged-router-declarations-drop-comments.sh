#!/usr/bin/env bash
# tRPC says that comments on procedures reach the editor of who calls them, and from source to source they do. In a published
# package they get lost half way: the declaration (.d.ts) of a router keeps the comments of procedures that are written in it,
# but the declaration of a router that is put together from other routers, which most applications export as their router type,
# has none of them. TypeScript writes an inferred type's members with their comments only if they are declared in that literal;
# what comes through the inferred type of another router is printed anew, without. A type that is written down with
# `typeof innerRouter` keeps them, because it refers to the inner declaration instead of repeating it.
# Seen with @trpc/server 11.19.0 and TypeScript 6.0.3 (tRPC's documentation: "Inferring types", "JSDoc").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @trpc/server@11.19.0 typescript@6.0.3 >/dev/null

cat >orders.ts <<'TS'
import { initTRPC } from '@trpc/server';
export const t = initTRPC.create();
export const orders = t.router({
  /** Lists the orders, newest first. */
  list: t.procedure.query(() => ['order']),
});
TS
cat >inferred.ts <<'TS'
import { orders, t } from './orders.js';
export const app = t.router({ orders });
TS
cat >written.ts <<'TS'
import { orders, t } from './orders.js';
export type Routers = { orders: typeof orders };
export type App = ReturnType<typeof t.router<Routers>>;
TS
node_modules/.bin/tsc --ignoreConfig --declaration --emitDeclarationOnly --strict --skipLibCheck --module nodenext \
  --target es2022 --outDir dist orders.ts inferred.ts written.ts

count() { grep -c 'newest first' "dist/$1.d.ts" || true; }
# What an editor shows for a call through each of the two router types.
cat >ask.mjs <<'JS'
import ts from 'typescript';
for (const type of ["typeof import('./dist/inferred.js').app", "import('./dist/written.js').App"]) {
  const source = `import type { inferRouterOutputs } from '@trpc/server';\ndeclare const r: ${type};\nr._def.record.orders.list;`;
  const files = { 'ask.ts': source };
  const service = ts.createLanguageService({
    getScriptFileNames: () => ['ask.ts'],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = files[name] ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => process.cwd(),
    getCompilationSettings: () => ({ strict: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext }),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => name in files || ts.sys.fileExists(name),
    readFile: (name) => files[name] ?? ts.sys.readFile(name),
  });
  const info = service.getQuickInfoAtPosition('ask.ts', source.lastIndexOf('list') + 1);
  console.log(JSON.stringify(ts.displayPartsToString(info?.documentation)));
}
JS
shown=$(node ask.mjs)

echo "@trpc/server $(node -p "require('@trpc/server/package.json').version"), TypeScript $(node_modules/.bin/tsc --version)"
echo "comment in the declaration of the inner router: $(count orders); of the merged router: $(count inferred)"
echo "shown by the editor, merged router and written type:"
echo "$shown"
[ "$(count orders)" = 1 ] && [ "$(count inferred)" = 0 ]
[ "$(echo "$shown" | sed -n 1p)" = '""' ]
[ "$(echo "$shown" | sed -n 2p)" = '"Lists the orders, newest first."' ]
echo "as described"
