import type { CheckKey } from '@gangway/contract/operations';
import { CHECK_KEYS } from '@gangway/contract/operations';
import express from 'express';
import { ProviderError } from '../errors.js';
import type { ProviderConfig } from '../microsoft/config.js';
import { createMicrosoftProvider } from '../microsoft/create-microsoft-provider.js';
import { createSandbox, type SandboxSettings } from '../microsoft-sandbox/create-sandbox.js';
import { SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from '../microsoft-sandbox/directories.js';
import { uuidV5 } from '../microsoft-sandbox/uuid-v5.js';
import type { CheckResult, MicrosoftProvider, ProviderTarget } from '../port.js';
import { type Listening, listen } from './listen.js';

export interface SandboxLab extends Listening {
  readonly base: string;
  readonly provider: MicrosoftProvider;
}

/** The sandbox over real HTTP, and a provider that reaches it. */
export async function openLab(
  settings: SandboxSettings = {},
  config: Partial<ProviderConfig> = {},
): Promise<SandboxLab> {
  const app = express().use('/sandbox', createSandbox(settings));
  const listening = await listen(app as Parameters<typeof listen>[0]);
  const base = `${listening.origin}/sandbox`;
  return { ...listening, base, provider: createMicrosoftProvider({ sandboxOrigin: base, ...config }) };
}

/** A target in the directory of a scenario, with the credential that works there. */
export function targetOf(scenario: string, changes: Partial<ProviderTarget> = {}): ProviderTarget {
  const domain = `${scenario}.sandbox.example`;
  return {
    entraTenantId: uuidV5(domain),
    cloud: 'sandbox',
    clientId: SANDBOX_CLIENT_ID,
    domain,
    credential: { kind: 'client_secret', clientSecret: SANDBOX_CLIENT_SECRET },
    expiresAt: null,
    credentialAddedAt: null,
    consentedAt: null,
    ...changes,
  };
}

export interface Report {
  readonly results: { readonly [key in CheckKey]?: CheckResult };
  /** What had to be waited for, in order. */
  readonly waits: readonly ProviderError[];
  /** What gave the report up. */
  readonly gaveUp: ProviderError | null;
}

/** All nine rows the way a run takes them: each at most three times, waiting as long as it is told to, times `pace`. */
export async function runReport(
  provider: MicrosoftProvider,
  target: ProviderTarget,
  pace = 0.01,
): Promise<Report> {
  const results: { [key in CheckKey]?: CheckResult } = {};
  const waits: ProviderError[] = [];
  const signal = AbortSignal.timeout(60_000);
  for (const key of CHECK_KEYS) {
    for (let attempt = 1; results[key] === undefined; attempt += 1) {
      try {
        results[key] = await provider.check(key, target, results, signal, attempt);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        waits.push(error);
        if (attempt === 3) return { results, waits, gaveUp: error };
        await new Promise((resolve) => setTimeout(resolve, (error.retryAfterMs ?? 1_000) * pace));
      }
    }
  }
  return { results, waits, gaveUp: null };
}

/** The reason of the first row that failed, as the run would end with. */
export function reasonOf({ results, gaveUp }: Report): string | null {
  const failed = CHECK_KEYS.map((key) => results[key]?.check).find((check) => check?.status === 'fail');
  return failed?.reasonCode ?? gaveUp?.reasonCode ?? null;
}
