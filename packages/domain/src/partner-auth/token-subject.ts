import type { PartnerRole, Permission } from '@gangway/contract/permissions';

/** Who a token speaks for. Rights named here are an upper bound: the rows decide. */
export type TokenSubject = { readonly expiresAt: Date } & (
  | {
      readonly kind: 'client';
      readonly clientId: string;
      readonly roles: readonly PartnerRole[];
      readonly permissions: readonly Permission[];
    }
  | {
      readonly kind: 'external';
      readonly issuer: string;
      readonly subject: string;
      readonly partnerId: string;
      readonly roles: readonly PartnerRole[];
      readonly permissions: readonly Permission[];
    }
);
