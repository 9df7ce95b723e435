/** Who acts. Resolved from the credential, never from the input. */
export type Actor =
  | { readonly kind: 'user'; readonly id: string; readonly label: string; readonly browserSessionId: string }
  | { readonly kind: 'partner'; readonly id: string; readonly label: string; readonly partnerId: string }
  | { readonly kind: 'apiKey'; readonly id: string; readonly label: string; readonly partnerId: string }
  | { readonly kind: 'system'; readonly id: string; readonly label: string };

export type UserActor = Extract<Actor, { kind: 'user' }>;
export type PartnerActor = Extract<Actor, { kind: 'partner' | 'apiKey' }>;
