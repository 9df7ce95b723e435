import { useEffect, useRef, type FocusEvent, type RefObject } from 'react';

interface KeptFocus<T extends HTMLElement> {
  readonly ref: RefObject<T | null>;
  readonly onFocus: (event: FocusEvent) => void;
}

/**
 * For an area whose controls come and go: where the control with the keyboard's focus has gone, the keyboard goes on at
 * the first one that is left in the area, else at the heading of the page, and not before everything else.
 */
export function useKeptFocus<T extends HTMLElement>(): KeptFocus<T> {
  const ref = useRef<T>(null);
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const isLost = last.current?.isConnected === false && document.activeElement === document.body;
    if (!isLost) return;
    last.current = null;
    const left = ref.current?.querySelector<HTMLElement>('button, a, summary, [tabindex]');
    (left ?? document.querySelector('h1'))?.focus();
  });
  return {
    ref,
    onFocus: ({ target }) => {
      last.current = target;
    },
  };
}
