import './progress.css';

/** A bar of 0-100. Its words are elsewhere; `label` names it for screen readers. */
export function Progress({ value, label }: { value: number; label: string }) {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
    >
      <div style={{ inlineSize: `${value}%` }} />
    </div>
  );
}
