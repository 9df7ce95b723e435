import { REASONS, type ReasonCode, type WhoFixes } from '@gangway/contract/reason-codes';
import { t } from '../../texts/verify.js';

/** Reasons that only the owner of the app registration can remove, who need not run this service. */
const OF_APP_OWNER: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'app.deactivated',
  'app.disabled_by_microsoft',
  'app.not_multitenant',
  'consent.redirect_mismatch',
]);

/** Who can fix it, in words. `whoFixes`: what a check says, if it is not who the catalogue names. */
export function toWho(reasonCode: ReasonCode, whoFixes: WhoFixes | null = null): string {
  const who = whoFixes ?? REASONS[reasonCode].whoFixes;
  return t(who === 'operator' && OF_APP_OWNER.has(reasonCode) ? 'who.appOwner' : `who.${who}`);
}
