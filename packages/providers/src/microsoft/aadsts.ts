import type { Credential } from '@gangway/contract/connections';
import type { ProviderReasonCode } from '@gangway/contract/reason-codes';

/** What the refused request proved its client with; null: nothing. */
export type Proof = Credential['kind'] | null;

/**
 * What Entra's error numbers hint at. The numbers are not a contract and may change, so callers fall back on the OAuth
 * `error`. Sources: Microsoft Learn, "Microsoft Entra authentication and authorization error codes"; what that list
 * lacks (such as 7000229, 5000225, 700213) is from Microsoft's other pages and from public issue threads.
 */
const NUMBERS: Partial<Record<ProviderReasonCode, readonly number[]>> = {
  'tenant.not_found': [90002, 900023, 50128, 50059, 900021, 90019],
  'tenant.wrong_cloud': [90038, 900382, 900432, 90051],
  'tenant.mismatch': [700005],
  'tenant.access_restricted': [500021, 500022, 500212, 500213],
  'tenant.inactive': [5000225],
  'tenant.blocked': [5000224],
  'tenant.unmanaged': [650051],
  'app.not_in_tenant': [700016, 7000229, 700011],
  'app.disabled': [7000112, 1000031, 70001],
  'app.not_multitenant': [50194, 650059],
  'credential.missing': [7000218, 7000216],
  'credential.invalid': [7000215],
  'credential.expired': [7000222, 1000502],
  'credential.certificate_rejected': [700027, 700030, 50012, 7000214],
  'credential.assertion_time': [700024, 500133],
  'credential.federation_mismatch': [
    70021, 70025, 700211, 700212, 700213, 700222, 700226, 700227, 700229, 700236, 70022204, 7002121, 7002138,
  ],
  'credential.type_not_allowed': [700025, 7000232],
  'consent.missing': [65001, 90094, 90008, 650056, 65005, 90099],
  'consent.declined': [65004],
  'consent.needs_approver': [90095],
  'consent.redirect_mismatch': [50011, 500113, 900971],
  'consent.wrong_account': [50020, 16000, 90072, 50034, 51004],
  'permission.missing': [50105, 501051],
  'policy.conditional_access': [53003, 530032, 530034, 530035],
  'service.not_enabled': [650052, 500011, 500014],
  'provider.throttled': [90055, 50196],
  'provider.unavailable': [90033, 90006, 90090, 90024, 50033, 90012, 90091, 90036, 90092, 50000],
  'request.invalid': [
    900144, 9002313, 70011, 9001023, 1002012, 650053, 650054, 650057, 65002, 90013, 90014, 90100, 90023,
  ],
};

const REASON_OF: ReadonlyMap<number, ProviderReasonCode> = new Map(
  Object.entries(NUMBERS).flatMap(([code, numbers]) =>
    numbers.map((number): [number, ProviderReasonCode] => [number, code as ProviderReasonCode]),
  ),
);

/** Numbers that come with many causes. Any other known number beside one of them tells more. */
const VAGUE: ReadonlySet<number> = new Set([70002, 50000, 650051, 650056, 65005, 90013, 90014, 90023, 90100]);

/** The error numbers that a description names, in its order. */
export function numbersIn(description: string): number[] {
  return [...description.matchAll(/AADSTS(\d{4,9})/g)].map((match) => Number(match[1]));
}

/** What a number hints at, for a request with this proof; null for one that is not known. */
export function reasonOfAadsts(number: number, proof: Proof = null): ProviderReasonCode | null {
  if (number === 70002) return rejectionOf(proof);
  const isAssertion = proof === 'certificate' || proof === 'federated';
  // Listed as a scope without a resource; seen where an assertion was made out to the authority of another cloud.
  if (number === 700023) return isAssertion ? 'tenant.wrong_cloud' : 'request.invalid';
  // The assertion is about another client.
  if (number === 700021) return proof === 'federated' ? 'credential.federation_mismatch' : 'request.invalid';
  const known = REASON_OF.get(number);
  if (known) return known;
  // The numbers of federation grow digits: 7002138 is a kind of 700213. Elsewhere a longer number is another one.
  const text = String(number);
  return (text.startsWith('7002') && text.length > 6 && REASON_OF.get(Number(text.slice(0, 6)))) || null;
}

/** What it means that a client with this proof was refused, and no more is known; null where nothing was proved. */
export function rejectionOf(proof: Proof): ProviderReasonCode | null {
  switch (proof) {
    case 'client_secret':
      return 'credential.invalid';
    case 'certificate':
      return 'credential.certificate_rejected';
    case 'federated':
      return 'credential.federation_mismatch';
    case null:
      return null;
  }
}

/** Of several numbers the one that tells most: a known one before an unknown one, a precise one before a vague one. */
export function mostTelling(numbers: readonly number[], proof: Proof): number | null {
  const known = numbers.filter((number) => reasonOfAadsts(number, proof) !== null);
  return known.find((number) => !VAGUE.has(number)) ?? known[0] ?? numbers[0] ?? null;
}
