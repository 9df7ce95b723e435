import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLogger } from './log.js';

function capture(): { log: ReturnType<typeof createLogger>; text: () => string } {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return { log: createLogger('info', stream), text: () => written };
}

it.each([
  'password',
  'clientSecret',
  'client_secret',
  'token',
  'authorization',
  'cookie',
  'privateKeyPem',
  'set-cookie',
])('writes no %s, at any of four depths', (name) => {
  const { log, text } = capture();
  const secret = { [name]: 'canary' };
  log.info({ ...secret, one: { ...secret, two: { ...secret, three: secret } } }, 'told');
  expect(text()).toContain('told');
  expect(text()).not.toContain('canary');
});

it('writes of an error its name, code and place, not what a driver put into it', () => {
  const { log, text } = capture();
  const cause = Object.assign(new Error('duplicate key (email)=(canary@x.example)'), {
    code: '23505',
    name: 'DatabaseError',
  });
  log.error({ err: new Error('Cannot reach postgresql://user:canary@host/db', { cause }) }, 'failed');
  expect(text()).toContain('23505');
  expect(text()).toContain('log.test.ts');
  expect(text()).not.toContain('canary');
});
