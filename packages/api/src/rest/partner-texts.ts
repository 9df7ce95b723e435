import { REASONS, type ReasonCode } from '@gangway/contract/reason-codes';

interface Texts {
  readonly title: string;
  readonly remedy: string;
}

// Where what is said to people in the app would not help a program.
const INSTEAD: Partial<Record<ReasonCode, Partial<Texts>>> = {
  'auth.required': {
    title: 'There is no valid credential',
    remedy: 'Present a valid access token or API key: Authorization: Bearer …',
  },
  'tenant.state_conflict': {
    remedy: 'Read the tenant and its run: one that is held is resumed or rolled back first.',
  },
  'run.finished': {
    title: 'The run does not go on',
    remedy: 'Read the run: it has ended, or is held until it is resumed or rolled back.',
  },
  'run.not_retryable': { remedy: 'Read the run: its status and `held` say whether it can go on.' },
};

/** What a partner's program is told of a reason. */
export function partnerTexts(reasonCode: ReasonCode): Texts {
  const { title, remedy } = REASONS[reasonCode];
  return { title, remedy, ...INSTEAD[reasonCode] };
}
