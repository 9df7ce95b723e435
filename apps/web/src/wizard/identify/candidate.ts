import type { Cloud } from '@gangway/contract/clouds';

/** A tenant that goes by what was typed. */
export interface Candidate {
  readonly entraTenantId: string;
  readonly cloud: Cloud;
  readonly existing?: Existing | undefined;
}

/** The tenant as the workspace has it already. */
export interface Existing {
  readonly managedTenantId: string;
  readonly onboardingSessionId?: string | undefined;
  readonly status: 'onboarding' | 'active';
}

/** A tenant is its id and its cloud together. */
export function isSame(one: Candidate, other: Candidate): boolean {
  return one.entraTenantId === other.entraTenantId && one.cloud === other.cloud;
}

/** The tenant that somebody chose, as long as it is one of those found; else the first. */
export function toChosen(
  found: Candidate & { readonly choices?: readonly Candidate[] | undefined },
  choice: Candidate | null,
): Candidate {
  return (choice && found.choices?.find((candidate) => isSame(candidate, choice))) ?? found;
}
