import { createHash } from 'node:crypto';
import type { Application, KeyCredential, PasswordCredential } from '@microsoft/microsoft-graph-types';
import { idIn, SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from '../directories.js';
import { type DataContext, many, one, type Read } from './resource.js';

const DAY_MS = 24 * 3_600_000;

function applicationOf({ directory, now, certificates }: DataContext): Application {
  const { credentialDaysLeft = 200 } = directory.scenario;
  const password: PasswordCredential = {
    keyId: idIn(directory, 'secret'),
    displayName: 'Sandbox secret',
    hint: SANDBOX_CLIENT_SECRET.slice(0, 3),
    startDateTime: new Date(now.getTime() - 165 * DAY_MS).toISOString(),
    endDateTime: new Date(now.getTime() + credentialDaysLeft * DAY_MS).toISOString(),
  };
  return {
    id: idIn(directory, 'application'),
    appId: SANDBOX_CLIENT_ID,
    displayName: 'Gangway',
    signInAudience: 'AzureADMultipleOrgs',
    passwordCredentials: [password],
    keyCredentials: certificates.map((certificate): KeyCredential => ({
      keyId: idIn(directory, certificate.fingerprint256),
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
      customKeyIdentifier: createHash('sha1').update(certificate.raw).digest('base64'),
      endDateTime: new Date(certificate.validTo).toISOString(),
    })),
  };
}

export const readApplications: Read = (ctx) => many([applicationOf(ctx)]);

export const readApplication: Read = (ctx, appId) =>
  appId === SANDBOX_CLIENT_ID ? one(applicationOf(ctx)) : null;
