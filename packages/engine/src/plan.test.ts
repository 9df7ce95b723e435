import { describe, expect, it } from 'vitest';
import { encodeJson } from './json.js';
import { consumerOf, DEFAULT_RETRY, retryDelayMs } from './plan.js';
import { testPlan } from './testing/test-plan.js';

describe('retryDelayMs', () => {
  it('doubles from one second to thirty', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((failures) => retryDelayMs(DEFAULT_RETRY, failures, null))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });
  it('honours a longer Retry-After, also beyond the maximum, and no shorter one', () => {
    expect(retryDelayMs(DEFAULT_RETRY, 1, 90_000)).toBe(90_000);
    expect(retryDelayMs(DEFAULT_RETRY, 3, 10)).toBe(4_000);
  });
});

describe('consumerOf', () => {
  it('names the step that uses a field', () => {
    expect(consumerOf(testPlan('tenant.create'), 'value')).toBe(2);
    expect(consumerOf(testPlan('tenant.create'), 'other')).toBeNull();
  });
});

describe('encodeJson', () => {
  it('leaves out what jsonb refuses', () => {
    expect(JSON.parse(encodeJson({ text: 'a\0b\ud800c\\u0000', fine: '\u{1f600}' }))).toEqual({
      text: 'ab\ufffdc\\u0000',
      fine: '\u{1f600}',
    });
  });
});
