import type {
  ConditionalAccessPolicy,
  IdentitySecurityDefaultsEnforcementPolicy,
} from '@microsoft/microsoft-graph-types';
import { idIn } from '../directories.js';
import { many, one, type Read } from './resource.js';

const CONDITIONAL_ACCESS = [
  ['Require multifactor authentication for administrators', 'enabled'],
  ['Block legacy authentication', 'enabled'],
  ['Require a compliant device', 'enabledForReportingButNotEnforced'],
  ['Block sign-in from unknown countries', 'disabled'],
] as const;

export const readConditionalAccessPolicies: Read = ({ directory }) =>
  many(
    CONDITIONAL_ACCESS.map(([displayName, state]): ConditionalAccessPolicy => ({
      id: idIn(directory, displayName),
      displayName,
      state,
    })),
  );

export const readSecurityDefaults: Read = () =>
  // Off, as it has to be where conditional access is in use.
  one({
    id: '00000000-0000-0000-0000-000000000005',
    displayName: 'Security Defaults',
    isEnabled: false,
  } satisfies IdentitySecurityDefaultsEnforcementPolicy);
