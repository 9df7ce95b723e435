import { PERMISSIONS } from '@gangway/contract/permissions';

/** What RFC 8414 clients look up by `/.well-known/oauth-authorization-server`. `appUrl`: without a trailing slash. */
export const toOauthMetadata = (appUrl: string) => ({
  issuer: appUrl,
  token_endpoint: `${appUrl}/api/oauth/token`,
  jwks_uri: `${appUrl}/.well-known/jwks.json`,
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  scopes_supported: PERMISSIONS,
  // There is no authorization endpoint; RFC 8414 wants the list all the same.
  response_types_supported: [],
  service_documentation: `${appUrl}/api/docs`,
});
