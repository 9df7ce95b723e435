import type { ReactNode } from 'react';

/** Where the skip link leads. */
export function MainContent({ children }: { children: ReactNode }) {
  return (
    <main id="content" tabIndex={-1}>
      {children}
    </main>
  );
}
