import type { ProviderReasonCode } from '@gangway/contract/reason-codes';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { adviceOn } from './aadsts-advice.js';
import { mostTelling, numbersIn, type Proof, reasonOfAadsts } from './aadsts.js';
import { evidenceOfAnswer, identifier } from './evidence.js';
import type { Answer } from './answer.js';
import { reasonOfOAuthError } from './oauth-errors.js';
import { policyIdsIn } from './read-claims-challenge.js';

const tokenError = z.object({
  error: z.string(),
  error_description: z.string().catch(''),
  error_codes: z.array(z.coerce.number().int().min(0)).catch([]),
  correlation_id: z.unknown().optional(),
  trace_id: z.unknown().optional(),
  claims: z.string().nullable().catch(null),
});

/** A refusal by an authority (token or discovery endpoint), as a reason with its evidence. */
export function classifyTokenError(answer: Answer, proof: Proof = null): ProviderError {
  const parsed = tokenError.safeParse(answer.body);
  if (!parsed.success) return new ProviderError('provider.unexpected_response', evidenceOfAnswer(answer));
  const { error, error_description, error_codes, correlation_id, trace_id, claims } = parsed.data;
  const number = mostTelling([...error_codes, ...numbersIn(error_description.slice(0, 4_000))], proof);
  const evidence = evidenceOfAnswer(answer, {
    aadsts: number === null ? null : `AADSTS${number}`,
    requestId: identifier(trace_id),
    correlationId: identifier(correlation_id) ?? answer.correlationId,
    ...(claims === null ? {} : { policyIds: policyIdsIn(claims) }),
  });
  const hint = number === null ? null : reasonOfAadsts(number, proof);
  return new ProviderError(hint ?? fallback(error, claims, proof), evidence, null, adviceOn(number, true));
}

function fallback(error: string, claims: string | null, proof: Proof): ProviderReasonCode {
  // Only a policy asks for more claims.
  if (claims !== null) return 'policy.conditional_access';
  return reasonOfOAuthError(error, proof) ?? 'provider.unexpected_response';
}
