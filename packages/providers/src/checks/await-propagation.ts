import { isUuid } from '@gangway/contract/text';
import type { ProviderReasonCode } from '@gangway/contract/reason-codes';
import { ProviderError } from '../errors.js';
import { endpointsOf } from '../microsoft/clouds.js';
import type { GraphSession } from '../microsoft/graph-session.js';

const MINUTE_MS = 60_000;
/** A new service principal is refused for about a minute; measured by others: 8 to 45 s. */
const APPLICATION_SPREADS_MS = 10 * MINUTE_MS;
/** A new secret works after 4 to 18 s, a certificate takes longer; Microsoft names no bound. */
const CREDENTIAL_SPREADS_MS = 5 * MINUTE_MS;
/** "Several minutes", with successes and refusals in turn (Microsoft Learn, workload identity federation). */
const FEDERATION_SPREADS_MS = 15 * MINUTE_MS;

/** What a service principal that is not everywhere yet looks like. */
const ABSENT: ReadonlySet<ProviderReasonCode> = new Set<ProviderReasonCode>([
  'app.not_in_tenant',
  'tenant.unmanaged',
]);
/** What a credential that is not everywhere yet looks like. */
const REJECTED: ReadonlySet<ProviderReasonCode> = new Set<ProviderReasonCode>([
  'credential.invalid',
  'credential.certificate_rejected',
  'credential.federation_mismatch',
]);

/**
 * A refusal that a young consent or a young credential explains, as one that is worth waiting for; anything else comes
 * back as it is. Bounded by the age of what was changed, and by the attempts of the step.
 */
export function awaitPropagation(session: GraphSession, error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { target } = session;
  const { reasonCode, evidence } = error;
  if (ABSENT.has(reasonCode) && isYoung(session, target.consentedAt, APPLICATION_SPREADS_MS)) {
    const { consentAttempts, credentialPollMs } = paceOf(session);
    if (session.attempt >= consentAttempts) return error;
    session.tokens.forget(target);
    return new ProviderError('permission.propagating', evidence, credentialPollMs);
  }
  const spreadsMs = target.credential?.kind === 'federated' ? FEDERATION_SPREADS_MS : CREDENTIAL_SPREADS_MS;
  // Without an answer nobody was asked, so that there is nothing to wait for.
  if (REJECTED.has(reasonCode) && (evidence?.httpStatus ?? null) !== null && !isSecretId(session)) {
    if (!isYoung(session, target.credentialAddedAt ?? null, spreadsMs)) return error;
    const { credentialAttempts, credentialPollMs } = paceOf(session);
    if (session.attempt >= credentialAttempts) return error;
    return new ProviderError('credential.propagating', evidence, credentialPollMs);
  }
  return error;
}

const paceOf = ({ config, target }: GraphSession) => endpointsOf(target.cloud, config).propagation;

/** Whether something that happened `at` may still be on its way through Microsoft. */
export function isYoung({ config }: GraphSession, at: string | null, spreadsMs: number): boolean {
  return at !== null && config.now().getTime() - Date.parse(at) < spreadsMs;
}

/** The most frequent slip: the id of the secret, which is a GUID as no secret is, was pasted for its value. */
function isSecretId({ target: { credential } }: GraphSession): boolean {
  return credential?.kind === 'client_secret' && isUuid(credential.clientSecret);
}
