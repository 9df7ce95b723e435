import { expect, test } from 'vitest';
import { toDiagnostics } from './diagnostics.js';

test('diagnostics name no person', () => {
  const text = toDiagnostics({
    id: 'r',
    type: 'provider.connection.check',
    status: 'failed',
    progress: 100,
    step: null,
    attempt: 1,
    reasonCode: 'consent.missing',
    message: 'free text',
    warnings: [],
    waitingUntil: null,
    result: { displayName: 'Contoso' },
    steps: [],
    checks: [],
    held: false,
    managedTenantId: null,
    providerConnectionId: null,
    onboardingSessionId: null,
    startedBy: 'owner@acme.example',
    cancelledBy: null,
    createdAt: '2026-05-03T10:00:00.000Z',
    startedAt: null,
    finishedAt: null,
  });
  expect(JSON.parse(text)).toMatchObject({ run: { id: 'r', reasonCode: 'consent.missing' } });
  expect(text).not.toContain('owner@acme.example');
  expect(text).not.toContain('Contoso');
  expect(text).not.toContain('free text');
});
