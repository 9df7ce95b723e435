#!/usr/bin/env bash
# A tRPC client behind a proxy that answers 503 with a page and `Retry-After` cannot learn either. The comment on
# `TRPCClientError.meta` says that HTTP errors have the `response` there, and they do if the body is JSON that is no tRPC answer.
# If the body is not JSON, reading it fails first, and the error that arrives has no `data`, no `meta`, and the JSON parser's
# message: a maintenance page, a wrong URL and a broken body all look like "Unexpected token '<'". Who wants to wait as long as
# asked has to look at the response in a `fetch` of their own, before tRPC reads it.
# Seen with @trpc/client 11.19.0, httpLink and httpBatchLink (source: TRPCClientError.ts, links/internals/httpUtils.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @trpc/server@11.19.0 @trpc/client@11.19.0 typescript@6.0.3 >/dev/null

cat >ask.mjs <<'JS'
import { createServer } from 'node:http';
import { createTRPCClient, httpBatchLink, httpLink } from '@trpc/client';

const bodies = { html: ['text/html', '<html>Back soon</html>'], json: ['application/json', '{"back":"soon"}'] };
const server = createServer((request, response) => {
  const [type, body] = bodies[request.url.includes('html') ? 'html' : 'json'];
  response.writeHead(503, { 'content-type': type, 'retry-after': '7' }).end(body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;
for (const link of [httpLink, httpBatchLink])
  for (const kind of ['json', 'html']) {
    const client = createTRPCClient({ links: [link({ url })] });
    const error = await client[kind].query().catch((one) => one);
    const status = error.meta?.response?.status ?? 'none';
    console.log(`${link.name} ${kind}: status ${status}, data ${error.data ?? 'none'}, ${error.message.slice(0, 18)}`);
  }
server.close();
JS
seen=$(node ask.mjs)

echo "@trpc/client $(node -p "require('@trpc/client/package.json').version"), Node $(node --version)"
echo "$seen"
[ "$(echo "$seen" | grep -c "json: status 503")" = 2 ]
[ "$(echo "$seen" | grep -c "html: status none, data none, Unexpected token")" = 2 ]
echo "as described"
