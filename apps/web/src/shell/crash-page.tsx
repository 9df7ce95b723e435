import { FailurePage } from '../states/failure-page.js';
import { Header } from './header.js';
import { MainContent } from './main-content.js';

/** A screen that broke in the browser itself, most often because its chunk was replaced by a newer release. */
export function CrashPage({ error }: { error: unknown }) {
  return (
    <>
      <Header />
      <MainContent>
        <FailurePage error={error} onRetry={() => location.reload()} />
      </MainContent>
    </>
  );
}
