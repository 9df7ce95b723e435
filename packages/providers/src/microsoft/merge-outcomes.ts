import { CLOUD_NAMES, CLOUDS } from '@gangway/contract/clouds';
import { ProviderError } from '../errors.js';
import type { TenantChoice } from '../port.js';
import type { Outcome } from './ask-authorities.js';
import { evidenceOfAnswer } from './evidence.js';

/** Said of a tenant whose discovery document names hosts that the cloud table does not hold. */
export const UNKNOWN_CLOUD =
  'The tenant lives in a Microsoft cloud that this version does not know, so nothing is sent there. Ask the operator of this service for an update.';

/**
 * The tenants that the authorities know, each once, in the order of the clouds. One name, and even one id, may be two
 * tenants in two clouds.
 * @throws ProviderError `tenant.wrong_cloud` where all that was found lives in a cloud this version does not know;
 * otherwise, where nothing was found, what the first authority failed with
 */
export function mergeOutcomes(outcomes: readonly Outcome[]): [TenantChoice, ...TenantChoice[]] {
  const found = outcomes.flatMap((outcome) => (outcome.kind === 'found' ? [outcome.found] : []));
  const known = new Map<string, TenantChoice>();
  for (const cloud of CLOUDS) {
    for (const { entraTenantId } of found.filter((each) => each.cloud === cloud))
      known.set(`${cloud} ${entraTenantId}`, { entraTenantId, cloud });
  }
  const [first, ...others] = known.values();
  if (first) return [first, ...others];
  const [stranger] = found;
  if (stranger) {
    throw new ProviderError('tenant.wrong_cloud', evidenceOfAnswer(stranger.answer), null, {
      remedy: UNKNOWN_CLOUD,
    });
  }
  throw toFailure(outcomes);
}

function toFailure(outcomes: readonly Outcome[]): ProviderError {
  const errors = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.error] : []));
  const error = errors[0] ?? new ProviderError('provider.unavailable', null);
  const unasked = outcomes.filter((outcome) => !isNotFound(outcome)).map(({ asked }) => CLOUD_NAMES[asked]);
  if (error.reasonCode !== 'tenant.not_found' || unasked.length === 0) return error;
  // Most servers never reach all clouds, and most names that nobody knows are misspelt.
  const remedy = `No cloud that answered knows it. Check the spelling. These could not be asked: ${unasked.join(', ')}.`;
  return new ProviderError('tenant.not_found', error.evidence, null, { remedy });
}

function isNotFound(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.error.reasonCode === 'tenant.not_found';
}
