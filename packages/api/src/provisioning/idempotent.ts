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

interface OnceOptions<Output> {
  /** Headers that depend on the answer. */
  readonly headers?: (output: Output) => Readonly<Record<string, string>>;
  /** What is replayed of the answer, if it says something that is told once. */
  readonly toReplayed?: (output: Output) => Output;
}

/** What a POST of the partner plane does, as a procedure: once for an `Idempotency-Key`, like there. */
export function idempotent<Input, Output>(
  verb: Verb<Input, Output>,
  { headers = () => ({}), toReplayed }: OnceOptions<Output> = {},
): (call: Call<Input>) => Promise<Output> {
  return async ({ ctx, input, path }) => {
    const setHeaders = (all: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(all)) ctx.setHeader(name, value);
    };
    const { scope } = ctx;
    const key = toKeyOfCall(ctx.idempotencyKey, ctx.isBatch);
    if (key === null) {
      const output = await verb(scope, input);
      setHeaders(headers(output));
      return output;
    }
    const credential = SECRET_TOLD.has(nameInPlane(path)) ? credentialOf(scope) : '';
    const fingerprint = fingerprintOf('call', path, input, credential);
    const answer = await withIdempotency(scope, { key, fingerprint }, async (subjectId) => {
      const output = await verb(scope, input, subjectId);
      return {
        ...{ status: 200, headers: headers(output), body: JSON.stringify(output) },
        ...(toReplayed && { replayedBody: JSON.stringify(toReplayed(output)) }),
      };
    });
    setHeaders({ ...answer.headers, ...(answer.isReplay && { 'idempotent-replayed': 'true' }) });
    return JSON.parse(answer.body) as Output;
  };
}
