import { t } from '../../texts/connection.js';

/** What the error summary calls the fields of a connection. */
export const CONNECTION_LABELS = {
  displayName: t('displayName'),
  cloud: t('cloud'),
  clientId: t('clientId'),
  clientSecret: t('clientSecret'),
  expiresAt: t('expiresAt'),
  pfx: t('pfx'),
  passphrase: t('passphrase'),
  certificatePem: t('certificatePem'),
  privateKeyPem: t('privateKeyPem'),
  issuer: t('issuer'),
  subject: t('subject'),
  audience: t('audience'),
};
