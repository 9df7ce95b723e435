import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { renderDefaultMails } from './render-default-mails.js';

const FILE = './default-mails.ts';
const ABOUT =
  '// Rendered from the components beside it; `vitest -u` writes it anew. What they render is what is sent.';

test('the rendered mails are current; `vitest -u` writes them anew', async () => {
  const mails = JSON.stringify(await renderDefaultMails());
  // Preheaders are padded with characters that nobody sees; here they are written so that they can be seen.
  const visible = mails.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const source = `${ABOUT}
    import type { DefaultMails } from './default-mail.js';

    export const DEFAULT_MAILS: DefaultMails = ${visible};`;
  const filepath = fileURLToPath(new URL(FILE, import.meta.url));
  await expect(await format(source, { ...(await resolveConfig(filepath)), filepath })).toMatchFileSnapshot(
    FILE,
  );
});
