import { ServerErrorNotice } from '../states/server-error-notice.js';

/** A screen that broke in the browser itself, most often because its chunk was replaced by a newer release. */
export function CrashPage({ error }: { error: unknown }) {
  return (
    <main className="page narrow">
      <ServerErrorNotice error={error} onRetry={() => location.reload()} />
    </main>
  );
}
