import type { RequestHandler } from 'express';
import { serveFile } from './serve-file.js';

type Add = (path: string, method: string, ...handlers: RequestHandler[]) => void;

const SETTINGS = {
  url: '/api/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  // Both lead to services elsewhere.
  agent: { disabled: true },
  mcp: { disabled: true },
};

/** The reference page of the API, without anything from elsewhere. Its script builds its own styles, so they are let in here, and only here. */
export function serveReference(
  add: Add,
  scriptPath: string,
  nonceOf: (response: Parameters<RequestHandler>[1]) => string,
): void {
  add('/api/docs', 'get', (_request, response) => {
    const nonce = nonceOf(response);
    const policy = [
      `default-src 'none'`,
      `script-src 'self' 'nonce-${nonce}'`,
      `style-src 'self' 'unsafe-inline'`,
      `img-src 'self' data:`,
      `font-src 'self' data:`,
      `connect-src 'self'`,
      `base-uri 'none'`,
      `form-action 'none'`,
      `frame-ancestors 'none'`,
    ];
    response.setHeader('content-security-policy', policy.join('; '));
    response.type('html').send(page(nonce));
  });
  add('/api/docs/reference.js', 'get', serveFile(scriptPath, 'text/javascript', 86_400));
}

const page = (nonce: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Gangway API reference</title>
    <link rel="icon" href="data:,">
  </head>
  <body>
    <div id="reference"></div>
    <noscript><p>This page needs JavaScript. The same in plain: <a href="/api/openapi.json">OpenAPI document</a>.</p></noscript>
    <script src="/api/docs/reference.js" nonce="${nonce}"></script>
    <script nonce="${nonce}">Scalar.createApiReference('#reference', ${JSON.stringify(SETTINGS)});</script>
  </body>
</html>
`;
