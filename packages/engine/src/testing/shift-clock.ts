/**
 * A wrong clock: `node --import shift-clock.js` with CLOCK_SHIFT_SECONDS. On SIGUSR2 the clock of the process jumps by
 * that much, for everything in it that asks for the time of day.
 */
const shiftMs = Number(process.env['CLOCK_SHIFT_SECONDS'] ?? 0) * 1_000;
const RealDate = Date;
const realNow = Date.now.bind(Date);
const now = () => realNow() + shiftMs;

process.on('SIGUSR2', () => {
  RealDate.now = now;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, asked) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, asked) as object,
  });
});
