// Outside React, because the query cache opens it.
let isOpen = false;
const listeners = new Set<() => void>();

function set(open: boolean): void {
  if (isOpen === open) return;
  isOpen = open;
  for (const listener of listeners) listener();
}

export const openSignInDialog = (): void => set(true);
export const closeSignInDialog = (): void => set(false);
export const isSignInDialogOpen = (): boolean => isOpen;
export function subscribeSignInDialog(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
