import { problemDetails } from '@gangway/contract/provisioning/problem';
import { expect } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from './openapi.js';
import { ROUTES } from './routes.js';
import type { PartnerAnswer, TestPartnerApi } from './test-partner-api.js';

/** One operation of the OpenAPI document. */
export interface Documented {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly statuses: readonly string[];
}

/** Every operation that the document describes: those of the route table, and the few that are more than JSON. */
export const DOCUMENTED: readonly Documented[] = Object.entries(openApiDocument.paths ?? {}).flatMap(
  ([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      if (!operation?.operationId) return [];
      const statuses = Object.keys(operation.responses ?? {});
      return [{ name: operation.operationId, method: method.toUpperCase(), path, statuses }];
    }),
);

const problem = z.strictObject(problemDetails.shape);

/**
 * Calls as the API does, and keeps which operation answered what. An answer that is not documented, or that does not
 * look as it is documented, fails the test.
 */
export function recordAnswers(api: TestPartnerApi): {
  readonly call: (name: string, ...request: Parameters<TestPartnerApi['call']>) => Promise<PartnerAnswer>;
  /** What is documented and was not answered yet, as `name status`. */
  readonly missing: () => string[];
} {
  const seen = new Set<string>();
  return {
    async call(name, ...request) {
      const answer = await api.call(...request);
      const operation = DOCUMENTED.find((one) => one.name === name);
      expect(operation?.statuses, `${name} answered ${answer.status}`).toContain(String(answer.status));
      expectDocumented(name, answer);
      seen.add(`${name} ${answer.status}`);
      return answer;
    },
    missing: () =>
      DOCUMENTED.flatMap(({ name, statuses }) => statuses.map((status) => `${name} ${status}`)).filter(
        (one) => !seen.has(one),
      ),
  };
}

function expectDocumented(name: string, answer: PartnerAnswer): void {
  // RFC 6749 says how the token endpoint refuses.
  if (answer.status >= 400 && !(name === 'oauth.token' && [400, 401].includes(answer.status))) {
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(problem.parse(answer.body).status).toBe(answer.status);
    return;
  }
  const route = ROUTES.find((one) => one.name === name);
  if (!route) return;
  if (route.output === null) expect(answer.text).toBe('');
  else expect(route.output.parse(answer.body)).toEqual(answer.body);
  expect(answer.headers.has('location')).toBe(route.hasLocation);
}
