// On the first load focus stays where the browser puts it, so that the skip link comes first; afterwards every
// navigation hands the focus to the next h1 that appears.
let isPending = false;

export function markNavigation(): void {
  isPending = true;
}

/** True once per navigation. */
export function takeNavigation(): boolean {
  const wasPending = isPending;
  isPending = false;
  return wasPending;
}
