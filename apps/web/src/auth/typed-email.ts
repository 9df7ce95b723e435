import { useEffect } from 'react';

// In this document only: signing out loads a fresh one, and a storage or an address would keep it longer.
let typed = '';

/** The address last typed at the door, for the next form there. */
export function typedEmail(): string {
  return typed;
}

/** Keeps what is typed here for the next form at the door. */
export function useTypedEmail(email: string): void {
  useEffect(() => {
    typed = email;
  }, [email]);
}
