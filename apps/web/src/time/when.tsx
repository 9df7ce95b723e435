import { useEffect, useReducer } from 'react';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** "2 hours ago", "in 3 days", "just now". */
export function toRelative(at: string, now: number = Date.now()): string {
  const seconds = Math.round((Date.parse(at) - now) / 1_000);
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 10 ? relative.format(seconds, 'second') : 'just now';
}

export const toClock = (at: string | number): string => clock.format(new Date(at));
export const toExactSeconds = (at: string): string => seconds.format(new Date(at));
export const toDay = (at: string): string => day.format(new Date(at));
export const toExact = (at: string): string => exact.format(new Date(at));

/** The time alone, as long as it is of today. */
export function toSince(at: string): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? toClock(at) : toExact(at);
}

/** A point in time as people say it, with the exact one in its title. Refreshes every half minute. */
export function Ago({ at }: { at: string }) {
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(refresh, 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={toExact(at)}>
      {toRelative(at)}
    </time>
  );
}

export function Day({ at }: { at: string }) {
  return <time dateTime={at}>{toDay(at)}</time>;
}

export function Exact({ at }: { at: string }) {
  return <time dateTime={at}>{toExact(at)}</time>;
}

/** "850 ms", "4 s", "3 min 20 s". */
export function toDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
