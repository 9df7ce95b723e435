// Ids that must not be mixed up wear a brand; the door and the database make them.
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type WorkspaceId = Id<'Workspace'>;
export type UserId = Id<'User'>;
export type PartnerId = Id<'Partner'>;
