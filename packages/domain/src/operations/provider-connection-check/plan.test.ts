import { CHECK_KEYS, type CheckKey } from '@gangway/contract/operations';
import { ProviderError } from '@gangway/providers/errors';
import { SCENARIOS } from '@gangway/providers/microsoft-sandbox/scenarios';
import type { CheckResult, MicrosoftProvider, ProviderTarget } from '@gangway/providers/port';
import { openLab, targetOf } from '@gangway/providers/testing/sandbox-lab';
import { describe, expect, it } from 'vitest';
import { providerConnectionCheckPlan } from './plan.js';

type Results = { [key in CheckKey]?: CheckResult };
const NEEDS = new Map(providerConnectionCheckPlan.steps.map(({ name, needs }) => [name, needs ?? []]));

/** All that a row waits for, directly or not. */
function allNeedsOf(key: string): Set<string> {
  const needs = NEEDS.get(key) ?? [];
  return new Set([...needs, ...needs.flatMap((need) => [...allNeedsOf(need)])]);
}

/** The rows of a directory one after the other, each with the results of those that `sees` names. Null: a row gave up. */
async function report(
  scenario: string,
  sees: (key: CheckKey) => (earlier: string) => boolean,
): Promise<unknown[] | null> {
  // Directories remember what they were asked.
  const lab = await openLab();
  try {
    return await reportOf(lab.provider, targetOf(scenario), sees);
  } finally {
    await lab.close();
  }
}

async function reportOf(
  provider: MicrosoftProvider,
  target: ProviderTarget,
  sees: (key: CheckKey) => (earlier: string) => boolean,
): Promise<unknown[] | null> {
  const results: Results = {};
  const signal = AbortSignal.timeout(60_000);
  for (const key of CHECK_KEYS) {
    const seen = Object.fromEntries(Object.entries(results).filter(([earlier]) => sees(key)(earlier)));
    for (let attempt = 1; results[key] === undefined; attempt += 1) {
      try {
        results[key] = await provider.check(key, target, seen, signal, attempt);
      } catch (error) {
        if (!(error instanceof ProviderError) || attempt === 3) return null;
      }
    }
  }
  // Evidence has the ids of requests and instants, and so have the facts.
  return CHECK_KEYS.map((key) => ({
    check: { ...results[key]?.check, evidence: null },
    permissions: results[key]?.permissions,
  }));
}

describe('a row of the verification', () => {
  // Those that answer too late, never, or another thing each time say nothing about what a row needs.
  const scenarios = [...SCENARIOS].filter(([, { every, tokenEndpoint }]) => !every && !tokenEndpoint);
  it.each(scenarios.map(([name]) => name))('finds the same with only what it needs: %s', async (name) => {
    const whole = await report(name, () => () => true);
    const own = await report(name, (key) => {
      const needs = allNeedsOf(key);
      return (earlier) => needs.has(earlier);
    });
    expect(own).toEqual(whole);
  });
});
