import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { numbersIn, reasonOfAadsts, reasonOfOAuthError } from './aadsts.js';
import { evidenceOfAnswer, identifier } from './evidence.js';
import type { Answer } from './answer.js';

const tokenError = z.object({
  error: z.string(),
  error_description: z.string().optional(),
  error_codes: z.array(z.number().int().min(0)).optional(),
  correlation_id: z.unknown().optional(),
  trace_id: z.unknown().optional(),
});

/** A refusal by an authority (token or discovery endpoint), as a reason with its evidence. */
export function classifyTokenError(answer: Answer): ProviderError {
  const parsed = tokenError.safeParse(answer.body);
  if (!parsed.success) return new ProviderError('provider.unexpected_response', evidenceOfAnswer(answer));
  const { error, error_description: description, error_codes: codes, correlation_id, trace_id } = parsed.data;
  const numbers = codes?.length ? codes : numbersIn(description ?? '');
  const number = numbers.find((candidate) => reasonOfAadsts(candidate) !== null) ?? numbers[0];
  const evidence = evidenceOfAnswer(answer, {
    aadsts: number === undefined ? null : `AADSTS${number}`,
    requestId: identifier(trace_id),
    correlationId: identifier(correlation_id) ?? answer.correlationId,
  });
  const hint = number === undefined ? null : reasonOfAadsts(number);
  return new ProviderError(hint ?? reasonOfOAuthError(error) ?? 'provider.unexpected_response', evidence);
}
