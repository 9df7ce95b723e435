/** What is checked of a token, in this order. */
export type TokenCheck =
  | 'format'
  | 'encryption'
  | 'header'
  | 'issuer'
  | 'algorithm'
  | 'type'
  | 'audience'
  | 'expiry'
  | 'key'
  | 'signature'
  | 'claims'
  | 'kind'
  | 'user_type'
  | 'partner'
  | 'subject';

/** A token that is not valid. `message` is for the operator who looks into it, and for no log: it may repeat claims. */
export class TokenRefusedError extends Error {
  readonly check: TokenCheck;

  constructor(check: TokenCheck, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TokenRefusedError';
    this.check = check;
  }
}
