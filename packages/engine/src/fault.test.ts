import { describe, expect, it } from 'vitest';
import { readFault } from './fault.js';

describe('readFault', () => {
  it('does nothing where nothing is set, and at other points', async () => {
    await expect(readFault({})('tenant.create.one.before', 'a-run')).resolves.toBeUndefined();
    await expect(
      readFault({ FAULT: 'tenant.create.two.before:throw' })('tenant.create.one.before', 'a-run'),
    ).resolves.toBeUndefined();
  });
  it('throws at its point', async () => {
    await expect(
      readFault({ FAULT: 'tenant.create.one.undo.after:throw' })('tenant.create.one.undo.after', 'a-run'),
    ).rejects.toThrow('Fault');
  });
  it('knows several points', async () => {
    const fault = readFault({ FAULT: 'tenant.create.one.after:throw,tenant.create.two.undo.before:throw' });
    await expect(fault('tenant.create.one.after', 'a-run')).rejects.toThrow('one.after');
    await expect(fault('tenant.create.two.undo.before', 'a-run')).rejects.toThrow('two.undo.before');
    await expect(fault('tenant.create.two.before', 'a-run')).resolves.toBeUndefined();
  });
  it('is refused in production, and when it reads wrong', () => {
    expect(() => readFault({ FAULT: 'tenant.create.one.before:kill', NODE_ENV: 'production' })).toThrow(
      'refused',
    );
    expect(() => readFault({ FAULT: 'one:explode' })).toThrow('FAULT reads');
  });
});
