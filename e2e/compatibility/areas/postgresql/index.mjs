// Every supported major version of PostgreSQL, in the newest minor version that npm carries: the tests of the packages that
// speak SQL, and the built server with a tenant created over HTTP. `npm run test:postgres` is this area.
import { installPostgres } from '../../lib/postgres.mjs';
import { checkPgBouncer } from './poolers.mjs';
import { refusesToStart, servesOverHttp } from './product.mjs';
import { passesTests } from './tests.mjs';

const SUPPORTED = [
  '14.23.0-beta.17',
  '15.18.0-beta.17',
  '16.14.0-beta.17',
  '17.10.0-beta.17',
  '18.4.0-beta.17',
];
const TOO_OLD = '13.23.0-beta.16';

export async function* check(context) {
  for (const version of SUPPORTED) {
    if (!context.wants('PostgreSQL', version)) continue;
    const nativeDir = await installPostgres(context, version);
    yield await servesOverHttp(context, nativeDir, shorten(version));
    yield await passesTests(context, nativeDir, shorten(version));
  }
  if (context.wants('PgBouncer'))
    yield* checkPgBouncer(context, await installPostgres(context, SUPPORTED.at(-1)));
  if (context.wants('PostgreSQL', TOO_OLD))
    yield await refusesToStart(context, await installPostgres(context, TOO_OLD), shorten(TOO_OLD));
}

/** PostgreSQL's own version number: that of the package has a third number and the package's own revision. */
function shorten(version) {
  return version.split('.').slice(0, 2).join('.');
}
