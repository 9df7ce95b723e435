import type { PartnerScope } from '@gangway/domain/access/scope';
import { withIdempotency } from '@gangway/domain/provisioning/idempotency';
import type { ApiContext } from '../context.js';
import { toKeyOfCall } from '../idempotency-key.js';
import { nameInPlane } from '../partner-path.js';
import { credentialOf, fingerprintOf } from '../rest/fingerprint.js';
import { ROUTES } from '../rest/routes.js';

const SECRET_TOLD = new Set(ROUTES.filter((route) => route.isSecretTold).map(({ name }) => name));

type Verb<Input, Output> = (scope: PartnerScope, input: Input, subjectId?: string) => Promise<Output>;

interface Call<Input> {
  readonly ctx: ApiContext & { readonly scope: PartnerScope };
  readonly input: Input;
  readonly path: string;
}

/** What a POST of the partner plane does, as a procedure: once for an `Idempotency-Key`, like there. */
export function idempotent<Input, Output>(verb: Verb<Input, Output>): (call: Call<Input>) => Promise<Output> {
  return async ({ ctx, input, path }) => {
    const { scope } = ctx;
    const key = toKeyOfCall(ctx.idempotencyKey, ctx.isBatch);
    if (key === null) return verb(scope, input);
    const credential = SECRET_TOLD.has(nameInPlane(path)) ? credentialOf(scope) : '';
    const fingerprint = fingerprintOf('call', path, input, credential);
    const { body, isReplay } = await withIdempotency(scope, { key, fingerprint }, async (subjectId) => ({
      ...{ status: 200, headers: {} },
      body: JSON.stringify(await verb(scope, input, subjectId)),
    }));
    if (isReplay) ctx.setReplayed();
    return JSON.parse(body) as Output;
  };
}
