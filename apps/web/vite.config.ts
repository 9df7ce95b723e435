import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = 'http://127.0.0.1:3000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: {
    // The contract is compiled from its sources, so that the web build does not wait for `tsc -b`.
    conditions: ['source', 'module', 'browser', 'development|production'],
  },
  // The server replaces the placeholder with the nonce of each response.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2022',
    // An inlined asset would be a data: URL, which the content security policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // zod judges forms, and only when one is sent: it comes by itself, later.
            { name: 'vendor', test: (id) => id.includes('node_modules') && !id.includes('/zod/') },
            // What the first pages do without comes with the page that needs it.
            {
              name: 'shared',
              test: /src\/(ui|states|shell|forms|time)\/(?!remedy|data-table|filter-select)/,
            },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/trpc': api, '/api': api } },
});
