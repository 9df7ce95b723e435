import type { ReactNode } from 'react';

// Drawn on a 24 x 24 grid in strokes of 2; shapes alone tell the states apart, without their colour.
const DRAWINGS = {
  ok: <path d="M8.5 12.2 11 14.7l4.7-5.2" />,
  bad: <path d="m9.3 9.3 5.4 5.4m0-5.4-5.4 5.4" />,
  info: <path d="M12 11.2V16M12 8v.1" />,
  waiting: <path d="M12 7.5V12l3 2" />,
  skipped: <path d="m8.5 8.8 3.6 3.2-3.6 3.2m4.2-6.4 3.6 3.2-3.6 3.2" />,
  warn: <path d="M12 3.8 2.8 19.6h18.4L12 3.8ZM12 10v4.2m0 2.7v.1" />,
  idle: <circle cx="12" cy="12" r="9" strokeDasharray="3.2 3.9" />,
  live: <path d="M12 3a9 9 0 1 1-9 9" />,
  locked: <path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  copy: <path d="M9 9h11v11H9zM5.5 15H4V4h11v1.5" />,
  external: <path d="M13 5h6v6m0-6-9 9M10 6H5v13h13v-5" />,
  theme: <path d="M12 3v18a9 9 0 0 0 0-18Zm0 0a9 9 0 0 0 0 18" />,
} as const satisfies Record<string, ReactNode>;
const RINGED: readonly string[] = ['ok', 'bad', 'info', 'waiting', 'skipped'];

export type IconName = keyof typeof DRAWINGS;

/** A small drawing, hidden from screen readers: the words beside it say the same. */
export function Icon({ name, size = 18, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      {RINGED.includes(name) && <circle cx="12" cy="12" r="9" />}
      {DRAWINGS[name]}
    </svg>
  );
}
