import { afterEach, beforeEach, expect, vi } from 'vitest';

// Whatever is worth console.error is worth a failing test; a test that means it replaces console.error itself.
let complaints: unknown[][] = [];
const spy = vi.spyOn(console, 'error');

beforeEach(() => {
  complaints = [];
  spy.mockImplementation((...words: unknown[]) => void complaints.push(words));
});

afterEach(() => {
  expect(complaints, 'console.error was called').toEqual([]);
});
