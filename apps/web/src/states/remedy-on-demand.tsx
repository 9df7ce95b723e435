import { type ComponentType, lazy, Suspense } from 'react';

// The catalogue of reasons weighs 3 kB that a page without a failure does not need. Out of reach, the title has to do.
const Remedy = lazy<ComponentType<{ reasonCode: string }>>(() =>
  import('./remedy.js').then(
    (module) => ({ default: module.Remedy }),
    () => ({ default: () => null }),
  ),
);

/** What mends it, where the reason is one of ours; loaded when it is shown. */
export function RemedyOnDemand({ reasonCode }: { reasonCode: string }) {
  return (
    <Suspense>
      <Remedy reasonCode={reasonCode} />
    </Suspense>
  );
}
