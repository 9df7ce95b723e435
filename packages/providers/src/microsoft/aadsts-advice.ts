import type { Advice } from '../errors.js';

const WRONG_REGISTRATION =
  'The application is not registered for this. Compare its app registration with what the documentation asks for.';

/** What single numbers say beyond the reason they share with others. */
const ADVICE: ReadonlyMap<number, Advice> = new Map<number, Advice>([
  [
    50105,
    {
      remedy:
        'The enterprise application demands that users are assigned to it. Assign the account, or switch "Assignment required" off.',
    },
  ],
  [
    501051,
    {
      remedy:
        'The resource demands that applications are assigned to it. Assign the application, or switch "Assignment required" off.',
    },
  ],
  [
    530034,
    {
      whoFixes: 'workspaceAdmin',
      remedy:
        'The account that acts for the customer is blocked in its own tenant because of a risk. Clear the risk there first.',
    },
  ],
  [
    530035,
    {
      remedy:
        'Security defaults of the tenant block this sign-in, not a policy. An administrator of the tenant has to replace them by policies that allow it.',
    },
  ],
  [
    90099,
    {
      remedy:
        'Partners that act for a customer first have to consent to the application for that customer in Partner Center.',
    },
  ],
  [
    650056,
    {
      remedy:
        'Add the permissions of Microsoft Graph to the app registration if it lists none, then an administrator of the tenant has to grant admin consent.',
    },
  ],
  [
    65005,
    {
      remedy:
        'The app registration asks for permissions that do not fit together. Correct it, then an administrator of the tenant has to grant admin consent.',
    },
  ],
  [
    700025,
    {
      remedy:
        'The application is registered as a public client, which has no credential of any kind. Register a confidential one.',
    },
  ],
  [
    7000232,
    {
      remedy:
        'The client ID belongs to a managed identity, which has no secrets. Use the client ID of an app registration.',
    },
  ],
  [
    1000502,
    { remedy: 'The certificate is outside its validity. Replace the credential here and at Microsoft.' },
  ],
  [7000214, { remedy: 'The certificate was revoked. Replace the credential here and at Microsoft.' }],
  [
    70025,
    {
      remedy:
        'The app registration has no federated credential. Add one with the issuer, subject and audience shown.',
    },
  ],
  [650053, { remedy: WRONG_REGISTRATION }],
  [650057, { remedy: WRONG_REGISTRATION }],
]);

/** A network that restricts tenants adds a header to what leaves it: here, that is the network of this server. */
const RESTRICTED_NETWORK: Advice = {
  whoFixes: 'operator',
  remedy:
    'The network this server sends through restricts which tenants may be reached. Allow this tenant in the tenant restrictions of its proxy.',
};

/** Advice on a number; `isOurs`: the request came from this server, not from the browser of an administrator. */
export function adviceOn(number: number | null, isOurs: boolean): Advice {
  if (number === null) return {};
  if (isOurs && (number === 500021 || number === 500022)) return RESTRICTED_NETWORK;
  return ADVICE.get(number) ?? {};
}
