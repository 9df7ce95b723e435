import type { MailReason } from '../mail-reasons.js';

const UNKNOWN_AUTHORITY =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/;
const TIMEOUT = /^(ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/;

/** Why no answer came, in words that continue "The mail server" and name no address. */
export interface NetworkFailure {
  readonly reason: MailReason;
  readonly message: string;
}

/** What a connection to a mail server or service died of, told from the code of Node or OpenSSL. */
export function describeNetworkError(code: string | undefined): NetworkFailure {
  if (code === undefined) return { reason: 'email.unreachable', message: 'cannot be reached' };
  if (UNKNOWN_AUTHORITY.test(code))
    return { reason: 'email.certificate', message: `has a certificate of an unknown authority (${code})` };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return { reason: 'email.certificate', message: `has a certificate for another host name (${code})` };
  if (code.startsWith('CERT_'))
    return { reason: 'email.certificate', message: `has a certificate that is not valid (${code})` };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_'))
    return { reason: 'email.tls', message: `and we did not agree on TLS (${code})` };
  if (TIMEOUT.test(code)) return { reason: 'email.timeout', message: `did not answer in time (${code})` };
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return {
      reason: 'email.disconnected',
      message: `ended the connection before it took the mail (${code})`,
    };
  return { reason: 'email.unreachable', message: `cannot be reached (${code})` };
}
