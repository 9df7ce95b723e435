import { credential } from '@gangway/contract/connections';
import { expect, test } from 'vitest';
import { EMPTY_CREDENTIAL, toCredential } from './credential-values.js';

test('a secret without a day has no expiry, and with one it is an instant the contract takes', () => {
  const secret = { ...EMPTY_CREDENTIAL, clientSecret: 's3cret' };
  expect(toCredential(secret)).toEqual({ kind: 'client_secret', clientSecret: 's3cret' });
  const dated = toCredential({ ...secret, expiresAt: '2027-05-03' });
  expect(credential.parse(dated)).toMatchObject({ expiresAt: '2027-05-03T00:00:00.000Z' });
});

test('what was typed for another kind is not sent along', () => {
  const values = {
    ...EMPTY_CREDENTIAL,
    kind: 'federated',
    clientSecret: 'left over',
    issuer: 'https://idp.example',
    subject: 's',
  };
  expect(toCredential(values)).toEqual({
    kind: 'federated',
    issuer: 'https://idp.example',
    subject: 's',
    audience: 'api://AzureADTokenExchange',
  });
});
