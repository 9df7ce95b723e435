import type { Credential } from '@gangway/contract/connections';
import { type CloudTable, MICROSOFT_CLOUDS } from './cloud-table.js';

export type FederatedCredential = Extract<Credential, { kind: 'federated' }>;

/** How the client behaves. Read once by whoever composes the server. */
export interface ProviderConfig {
  /** Where the emulator is served, such as `http://127.0.0.1:3000/sandbox`; null: switched off. */
  readonly sandboxOrigin: string | null;
  /** Where browsers reach that emulator's pages; null: at the same address. */
  readonly sandboxPages: string | null;
  /** One request, from the connection to the last byte of the body. */
  readonly timeoutMs: number;
  /** Largest answer that is read, after decompression. */
  readonly maxResponseBytes: number;
  /** Largest number of rows that one paged read collects. */
  readonly maxRows: number;
  /** Gives the assertion of a federated credential; null: this server has no identity of its own to show. */
  readonly federatedAssertion:
    ((credential: FederatedCredential, signal: AbortSignal) => Promise<string>) | null;
  /** Addresses, or networks of them, that requests of this server come from; shown where a policy has to allow them. */
  readonly outboundAddresses: readonly string[];
  /** Microsoft's clouds. */
  readonly clouds: CloudTable;
  readonly now: () => Date;
  /** Sends a request; the default is the one of this process. */
  readonly fetch: typeof fetch;
}

/** The defaults, with what the caller sets. */
export function toProviderConfig(settings: Partial<ProviderConfig>): ProviderConfig {
  return {
    sandboxOrigin: null,
    sandboxPages: null,
    timeoutMs: 10_000,
    maxResponseBytes: 5_000_000,
    maxRows: 1_000_000,
    federatedAssertion: null,
    outboundAddresses: [],
    clouds: MICROSOFT_CLOUDS,
    now: () => new Date(),
    fetch: (input, init) => fetch(input, init),
    ...settings,
  };
}
