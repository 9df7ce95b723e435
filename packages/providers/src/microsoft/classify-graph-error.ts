import type { ProviderReasonCode } from '@gangway/contract/reason-codes';
import { ProviderError } from '../errors.js';
import { evidenceOfAnswer, identifier } from './evidence.js';
import type { Answer } from './answer.js';

const REASON_OF: ReadonlyMap<string, ProviderReasonCode> = new Map([
  ['Authorization_RequestDenied', 'permission.missing'],
  ['Authorization_IdentityNotFound', 'app.not_in_tenant'],
  ['Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'license.missing'],
  ['Authentication_RequestFromUnsupportedUserRole', 'permission.missing'],
]);

/** Microsoft's own texts for a service without a licence: its code says only "BadRequest" or "Forbidden". */
const NO_LICENCE =
  /not applicable to target tenant|premium licen[cs]e|does not have a SPO license|B2C tenant/i;

/** A 4xx of Microsoft Graph, as a reason with its evidence. */
export function classifyGraphError(answer: Answer): ProviderError {
  const { codes, message } = readGraphError(answer.body);
  const known = codes.map((code) => REASON_OF.get(code)).find((reason) => reason !== undefined);
  const evidence = evidenceOfAnswer(answer, { graphCode: codes[0] ?? null });
  return new ProviderError(known ?? reasonOfStatus(answer.status, message), evidence);
}

function reasonOfStatus(status: number, message: string): ProviderReasonCode {
  if ((status === 400 || status === 403) && NO_LICENCE.test(message)) return 'license.missing';
  if (status === 403) return 'permission.missing';
  if (status === 400) return 'request.invalid';
  return 'provider.unexpected_response';
}

/** Error codes from the innermost, most specific one outwards. The message is for matching only and goes nowhere. */
function readGraphError(body: unknown): { codes: string[]; message: string } {
  const codes: string[] = [];
  let message = '';
  let error = member(body, 'error');
  for (let depth = 0; error !== undefined && depth < 10; depth += 1) {
    const code = identifier(member(error, 'code'));
    if (code !== null) codes.unshift(code);
    const text = member(error, 'message');
    if (typeof text === 'string') message += `${text.slice(0, 2_000)}\n`;
    error = member(error, 'innererror') ?? member(error, 'innerError');
  }
  return { codes, message };
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
