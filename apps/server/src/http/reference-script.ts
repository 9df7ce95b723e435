import { fileURLToPath } from 'node:url';

/** Where the script of the API's reference page lies: Scalar, in one file that fetches nothing from elsewhere. */
export const referenceScriptPath = fileURLToPath(
  new URL('./browser/standalone.js', import.meta.resolve('@scalar/api-reference')),
);
