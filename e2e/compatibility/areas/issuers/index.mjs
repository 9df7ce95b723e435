// Identity providers whose tokens Gangway takes, set up as the recipes of docs/trusted-issuers.md say.
import { tryAuthJs } from './auth-js/try-auth-js.mjs';
import { tryKeycloak } from './keycloak/try-keycloak.mjs';
import { tryOidcProvider } from './oidc-provider/try-oidc-provider.mjs';

const KEYCLOAK = {
  ...{ name: 'Keycloak', version: '26.7.3' },
  checked:
    'the recipe: a token by an organization and one by a mapper, `tokens explain` of one without the scope, a new signing key',
};
const OIDC_PROVIDER = {
  ...{ name: 'oidc-provider', version: '9.13.3' },
  checked: 'the recipe: a token by client credentials, then one with a new signing key, and the former one',
};
const signIn =
  'a sign-in with the `encode` of the recipe, its session read again, the token taken; without it refused';
const AUTH_JS = [
  { name: 'next-auth', version: '4.24.15', checked: signIn, program: 'next-auth.mjs' },
  {
    name: '@auth/core',
    version: '0.41.3',
    checked: `${signIn} (next-auth 5 is made of it)`,
    program: 'auth-core.mjs',
  },
];

export async function* check(context) {
  for (const { program, ...row } of AUTH_JS)
    if (context.wants(row.name, row.version))
      yield await context.attempt(row, () => tryAuthJs(context, row, program));
  if (context.wants(OIDC_PROVIDER.name, OIDC_PROVIDER.version))
    yield await context.attempt(OIDC_PROVIDER, () => tryOidcProvider(context, OIDC_PROVIDER.version));
  if (context.wants(KEYCLOAK.name, KEYCLOAK.version))
    yield await context.attempt(KEYCLOAK, () => tryKeycloak(context, KEYCLOAK.version));
}
