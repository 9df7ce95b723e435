/** One key of 32 bytes with the id that stands in the header of what it encrypted. */
export interface EncryptionKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** The first key encrypts; all of them decrypt. */
export type KeyRing = readonly [EncryptionKey, ...EncryptionKey[]];
