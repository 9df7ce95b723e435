#!/usr/bin/env bash
# @opentelemetry/api 1.9.1 cannot be imported by a Node that resolves with the condition `module`: its exports map that condition to
# build/esm, whose files import each other without extensions, which only bundlers resolve. One meets it where nothing bundles: vitest
# passes `resolve.conditions` on to Node, and `module` is one of its defaults, so a dependency that merely requires the API (prom-client 15)
# fails with "Cannot find module …/baggage/utils" in tests, and works in production. 1.10.0 has no such condition and works.
# Versions: @opentelemetry/api 1.9.1 and 1.10.0, Node 20. Source: the field `exports` of its package.json.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' >package.json
npm install --silent --no-audit --no-fund old@npm:@opentelemetry/api@1.9.1 new@npm:@opentelemetry/api@1.10.0

program() { echo "import { trace } from '$1'; trace.getTracer('x'); console.log('loaded');"; }
load() {
  node "${@:2}" --input-type=module -e "$(program "$1")" >output 2>&1 || true
  grep -oE '^loaded|ERR_MODULE_NOT_FOUND' output | head -n 1
}

node --version
plain=$(load old)
conditional=$(load old --conditions=module)
newer=$(load new --conditions=module)
echo "1.9.1, as it is:                   $plain"
echo "1.9.1, with the condition module:  $conditional"
echo "1.10.0, with the condition module: $newer"
[ "$plain" = loaded ] && [ "$newer" = loaded ] && [ "$conditional" = ERR_MODULE_NOT_FOUND ]
