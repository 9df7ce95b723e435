/** The mark: a plank that leads up, with its rail. */
export function Logo() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden focusable="false">
      <path
        d="M3 25h7L28 8"
        fill="none"
        stroke="var(--brass)"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M10 25V12M19 16.5V4.5M28 8v16"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
