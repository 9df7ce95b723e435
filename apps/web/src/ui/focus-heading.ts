/** Lets the keyboard go on at the heading of the page, where the row that it was in has gone. */
export function focusHeading(): void {
  // After the dialog that was open has given the focus back to what is no longer there.
  setTimeout(() => document.querySelector('h1')?.focus(), 0);
}
