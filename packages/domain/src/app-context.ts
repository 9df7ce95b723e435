import type { Database, ReadClient } from '@gangway/db/client';
import type { Engine } from '@gangway/engine/port';
import type { MicrosoftProvider } from '@gangway/providers/port';
import type { PasswordHasher } from './auth/password-hasher.js';
import type { DenialLog } from './denials/denial-log.js';
import type { CallLimits } from './limits/call-limits.js';
import type { StreamLimits } from './limits/stream-limits.js';
import type { MailTransport } from './mail/transport.js';
import type { PartnerTokens } from './partner-auth/partner-tokens.js';
import type { KeyRing } from './secrets/key-ring.js';

/** What the verbs work with. The server builds it once, at start. */
export interface AppContext {
  readonly db: Database;
  readonly keys: KeyRing;
  readonly provider: MicrosoftProvider;
  readonly hasher: PasswordHasher;
  /** Where authorization puts what it denies. */
  readonly denials: DenialLog;
  readonly engine: Pick<Engine, 'create' | 'wake' | 'signal' | 'listRollBack'>;
  /** Where the app is reached, without a trailing slash: the base of mailed links. */
  readonly appUrl: string;
  readonly mailFrom: string;
  readonly mail: MailTransport;
  /** Issues and verifies the access tokens of partners. */
  readonly partnerTokens: PartnerTokens;
  readonly callLimits: CallLimits;
  readonly streamLimits: StreamLimits;
  /** Whether connections may use the emulated cloud. */
  readonly sandbox: boolean;
}

/**
 * What the verbs of a workspace work with. Its database only reads: what they write, they write in a transaction of
 * `access/write-in-workspace.ts`.
 */
export interface WorkspaceAppContext extends Omit<AppContext, 'db' | 'engine'> {
  readonly db: { readonly prisma: ReadClient; readonly pool: Database['pool'] };
  readonly engine: Pick<Engine, 'wake' | 'listRollBack'> & {
    readonly create: (...run: Required<Parameters<Engine['create']>>) => ReturnType<Engine['create']>;
    readonly signal: (...signal: Required<Parameters<Engine['signal']>>) => ReturnType<Engine['signal']>;
  };
}
