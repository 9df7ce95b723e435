import type { ProviderReasonCode } from '@gangway/contract/reason-codes';
import { ProviderError } from '../errors.js';
import type { Answer } from './answer.js';
import { evidenceOfAnswer } from './evidence.js';
import { findKnownCode } from './graph-codes.js';
import { type GraphFault, readGraphError } from './read-graph-error.js';
import { policyIdsInHeader } from './read-claims-challenge.js';
import { toWaitMs } from './retry-after.js';
import { readChallenge } from './www-authenticate.js';

/** Microsoft's own texts for a service without a licence: its code says only "BadRequest" or "Forbidden". */
const NO_LICENCE =
  /not applicable to target tenant|premium licen[cs]e|does not have a SPO license|B2C tenant|unable to perform redirect/i;

/** A 4xx of Microsoft Graph, or a 501, as a reason with its evidence. */
export function classifyGraphError(answer: Answer): ProviderError {
  const fault = readGraphError(answer.body);
  const known = findKnownCode(fault.codes);
  const graphCode = known?.code ?? fault.codes[0] ?? null;
  const challenge = policyChallengeOf(answer);
  if (challenge) {
    const policyIds = policyIdsInHeader(challenge.get('claims') ?? '');
    const evidence = evidenceOfAnswer(answer, { graphCode, ...(policyIds.length > 0 ? { policyIds } : {}) });
    return new ProviderError('policy.conditional_access', evidence);
  }
  const reasonCode = known?.reasonCode ?? reasonOfStatus(answer.status, fault);
  return new ProviderError(reasonCode, evidenceOfAnswer(answer, { graphCode }), toWaitMs(reasonCode, answer));
}

/** A challenge for more claims comes from Conditional Access, whether with 401 or with 403; null: there is none. */
function policyChallengeOf({ headers, status }: Answer): ReadonlyMap<string, string> | null {
  if (status !== 401 && status !== 403) return null;
  const challenge = readChallenge(headers);
  return challenge.get('error') === 'insufficient_claims' || challenge.has('claims') ? challenge : null;
}

function reasonOfStatus(status: number, { text }: GraphFault): ProviderReasonCode {
  if (status >= 400 && status <= 403 && NO_LICENCE.test(text)) return 'license.missing';
  switch (status) {
    case 400:
      return 'request.invalid';
    case 403:
      return 'permission.missing';
    case 501:
      return 'service.not_enabled';
    default:
      return 'provider.unexpected_response';
  }
}
