import type { Database } from '@gangway/db/client';
import type { Engine } from '@gangway/engine/port';
import type { MicrosoftProvider } from '@gangway/providers/port';
import type { PasswordHasher } from './auth/password-hasher.js';
import type { KeyRing } from './secrets/key-ring.js';

/** What the verbs work with. The server builds it once, at start. */
export interface House {
  readonly db: Database;
  readonly keys: KeyRing;
  readonly provider: MicrosoftProvider;
  readonly hasher: PasswordHasher;
  readonly engine: Pick<Engine, 'poke' | 'signal'>;
  /** Where the app is reached, without a trailing slash: the base of mailed links. */
  readonly appUrl: string;
  readonly mailFrom: string;
  /** Whether connections may use the emulated cloud. */
  readonly sandbox: boolean;
}
