import { REASON_CODES, REASONS } from '@gangway/contract/reason-codes';

/** What mends it, where the reason is one of ours. */
export function Remedy({ reasonCode }: { reasonCode: string }) {
  const reason = REASON_CODES.find((code) => code === reasonCode);
  return reason && REASONS[reason].remedy;
}
