import { uuid } from '@gangway/contract/text';
import { z } from 'zod';
import { KeySet } from './trusted/key-set.js';

const claim = z.string().min(1);

const entries = z.array(
  z.strictObject({
    jwksUrl: z.url({ protocol: /^https?$/ }),
    issuer: z.string().min(1),
    audience: z.string().min(1),
    /** Name or path of the claim that lists the roles. */
    roleClaim: claim.default('roles'),
    /** Name or path of the claim that narrows the permissions, if a token has it. */
    permissionClaim: claim.default('permissions'),
    /** Name or path of the claim that holds the partner's id, or what `partnerMap` turns into one. */
    partnerClaim: claim.default('tenant'),
    /** The partner's id for each value of the claim; a value that is not in it is refused. */
    partnerMap: z.record(z.string().min(1), uuid).optional(),
    /** The ids of the partners that it speaks for; without it, of any partner. */
    partners: z.array(uuid).min(1).optional(),
    /** The kinds of user that count, where the tokens tell them. */
    userTypes: z.array(z.string()).default(['internal', 'partner']),
  }),
);

/** Tokens are matched by issuer: a second entry of one, for another audience perhaps, would never be looked at. */
const settings = entries.superRefine((all, context) => {
  const known = new Set<string>();
  for (const [index, { issuer }] of all.entries()) {
    if (known.has(issuer))
      context.addIssue({ code: 'custom', message: 'Is there twice', path: [index, 'issuer'] });
    known.add(issuer);
  }
});

export type TrustedIssuer = z.infer<typeof settings>[number] & { readonly keys: KeySet };

/**
 * Reads TRUSTED_ISSUERS: a JSON array. `now` gives milliseconds since 1970.
 * @throws RangeError with one line that names the field and does not repeat a value
 */
export function parseTrustedIssuers(
  text: string | undefined,
  { now = Date.now }: { now?: () => number } = {},
): TrustedIssuer[] {
  if (text === undefined || text.trim() === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const parsed = settings.safeParse(value);
  if (!parsed.success) throw new RangeError(describeProblem(parsed.error));
  return parsed.data.map((entry) => ({ ...entry, keys: new KeySet(entry.jwksUrl, now) }));
}

const SHAPE =
  '{jwksUrl, issuer, audience, roleClaim?, permissionClaim?, partnerClaim?, partnerMap?, partners?, userTypes?}';

/** Names the field that is wrong, or unknown: its name is no secret, its value may be. */
function describeProblem(error: z.ZodError): string {
  const names = new Set(
    error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : issue.path.filter((part) => typeof part === 'string'),
    ),
  );
  const which = names.size > 0 ? `; look at ${[...names].join(', ')}` : '';
  return `TRUSTED_ISSUERS must be a JSON array of ${SHAPE}${which}`;
}
