import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Navigates to an address of paths.ts. `replace` leaves no entry behind in the history. */
export function useGo(): (path: string, options?: { replace?: boolean }) => void {
  const { history } = useRouter();
  return useCallback(
    (path, options) => (options?.replace ? history.replace(path) : history.push(path)),
    [history],
  );
}
