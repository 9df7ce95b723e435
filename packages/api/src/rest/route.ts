import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { Permission } from '@gangway/contract/permissions';
import type { PartnerResource } from '@gangway/domain/access/identify-partner';
import type { PartnerScope } from '@gangway/domain/access/scope';
import { invalidField } from '@gangway/domain/errors';
import type { z } from 'zod';
import { parseInput } from '../parse-input.js';
import type { RunWait } from '../run-wait.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What the id in a route's address names, and the field of the input it becomes. */
export interface Named {
  readonly kind: PartnerResource;
  readonly field: 'tenant' | 'operation_run_id' | 'id' | 'key';
}

interface RouteFacts {
  /** As the OpenAPI document names it, such as `tenants.create`. */
  readonly name: string;
  readonly method: Method;
  /** Below `/api`; what it names is written `{id}`, or `{key}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  readonly names?: Named;
  /** Status of success. */
  readonly status: 200 | 201 | 202 | 204;
  /** The reasons of a 409. */
  readonly conflicts?: readonly ReasonCode[];
  /** The answer carries a secret that is shown once: a repetition gets it only by the credential that asked first. */
  readonly isSecretTold?: boolean;
  /** Heeds `Prefer: wait=N` (RFC 7240). */
  readonly canWait?: boolean;
  /** Example of the body. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** Example of the answer. */
  readonly exampleAnswer?: object;
}

/** What a verb needs of the request beyond its input. */
export interface RouteCall {
  /** The same for every attempt under one idempotency key. */
  readonly subjectId: string | undefined;
  /** Asked by HEAD: nobody reads the answer, and what is told once must not be used up by it. */
  readonly isHead: boolean;
  /** How long the caller wants to wait in this call; null where it does not, or the route does not heed it. */
  readonly wait: RunWait | null;
}

interface RouteShape<Input extends z.ZodObject, Output extends z.ZodType> extends RouteFacts {
  /** The query of a GET, the body of everything else. The id of the address is added to it. */
  readonly input: Input;
  /** Null: an answer without a body. */
  readonly output: Output | null;
  readonly run: (
    scope: PartnerScope,
    input: z.output<Input> & Ids,
    call: RouteCall,
  ) => Promise<z.output<Output> | void>;
  readonly location?: (output: z.output<Output>) => string;
  /** Headers that depend on the answer. */
  readonly headers?: (output: z.output<Output>, call: RouteCall) => Readonly<Record<string, string>>;
  /** What is replayed of the answer, if it says something that is told once. */
  readonly toReplayed?: (output: z.output<Output>) => z.output<Output>;
}

/** The id of the address under each name it can have; a route reads the one it names. */
interface Ids {
  readonly tenant: string;
  readonly operation_run_id: string;
  readonly id: string;
  readonly key: string;
}

/** A route as the router and the OpenAPI document see it. */
export interface Route extends RouteFacts {
  readonly input: z.ZodObject;
  readonly output: z.ZodType | null;
  readonly hasLocation: boolean;
  /** Parses what came in, calls the verb, and gives what goes out. @throws AppError invalid for what came in */
  readonly answer: (scope: PartnerScope, raw: unknown, id: string, call: RouteCall) => Promise<RouteAnswer>;
}

export interface RouteAnswer {
  /** Null without one. */
  readonly body: unknown;
  /** The body for whoever repeats the request. */
  readonly replayedBody: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Ties schemas, verb and status of one route together. */
export function defineRoute<Input extends z.ZodObject, Output extends z.ZodType>(
  shape: RouteShape<Input, Output>,
): Route {
  return {
    ...shape,
    hasLocation: shape.location !== undefined,
    async answer(scope, raw, id, call) {
      const input: z.output<Input> & Partial<Ids> = parseInput(shape.input, raw);
      const named = shape.names && input[shape.names.field];
      if (shape.names && typeof named === 'string' && named.toLowerCase() !== id)
        throw invalidField(shape.names.field, 'Must be the one of the address');
      const result = await shape.run(
        scope,
        { ...input, tenant: id, operation_run_id: id, id, key: id },
        call,
      );
      // The schema decides what leaves the server, not what a verb happens to return.
      if (shape.output === null) return { body: null, replayedBody: null, headers: {} };
      const body = shape.output.parse(result);
      return {
        body,
        replayedBody: shape.toReplayed ? shape.toReplayed(body) : body,
        headers: {
          ...(shape.location && { location: shape.location(body) }),
          ...shape.headers?.(body, call),
        },
      };
    },
  };
}
