import { Provider } from 'oidc-provider';

const { ISSUER, PORT, SIGNING_KEYS } = process.env; // SIGNING_KEYS: private JWKs with `kid`, `alg` and `use`; the first one signs

const client = {
  client_id: 'crm',
  client_secret: process.env.CRM_SECRET,
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  partner: '01900000-0000-7000-8000-00000000d001',
};

const provider = new Provider(ISSUER, {
  clients: [client],
  extraClientMetadata: { properties: ['partner'] },
  jwks: { keys: JSON.parse(SIGNING_KEYS) },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    // Access tokens are opaque unless they are for a resource that wants a JWT.
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:gangway',
      getResourceServerInfo: () => ({
        scope: '',
        audience: 'gangway',
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  extraTokenClaims: (_context, token) => ({ tenant: token.client.partner, roles: ['partner-admin'] }),
});
provider.listen(Number(PORT), '127.0.0.1', () => console.log('Ready'));
