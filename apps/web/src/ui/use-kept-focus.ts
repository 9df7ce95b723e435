import { useEffect, useRef, type FocusEvent, type RefObject } from 'react';

interface KeptFocus<T extends HTMLElement> {
  readonly ref: RefObject<T | null>;
  readonly onFocus: (event: FocusEvent) => void;
}

/**
 * For an area whose controls come and go: where the control with the keyboard's focus has gone, the keyboard goes on at
 * the first one that is left, or at the area itself (give it `tabIndex={-1}`), and not at the top of the page.
 */
export function useKeptFocus<T extends HTMLElement>(): KeptFocus<T> {
  const ref = useRef<T>(null);
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const isLost = last.current?.isConnected === false && document.activeElement === document.body;
    if (!isLost) return;
    last.current = null;
    (ref.current?.querySelector<HTMLElement>('button, a, summary') ?? ref.current)?.focus();
  });
  return {
    ref,
    onFocus: ({ target }) => {
      last.current = target;
    },
  };
}
