import { fileURLToPath } from 'node:url';

/** Where the typed client lies, as the package that the build made of it. */
export const clientArchivePath = fileURLToPath(import.meta.resolve('@gangway/client/gangway-client.tgz'));
