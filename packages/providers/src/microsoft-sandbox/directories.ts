import { type Scenario, SCENARIOS } from './scenarios.js';
import { uuidV5 } from './uuid-v5.js';

export const SANDBOX_SUFFIX = '.sandbox.example';

/** The application that is registered, and present, in every directory. */
export const SANDBOX_CLIENT_ID = '5a4d0b0c-0000-4000-8000-000000000001';
export const SANDBOX_CLIENT_SECRET = 'sandbox-secret';

export interface Directory {
  readonly domain: string;
  /** UUIDv5 of the domain in the DNS namespace. */
  readonly entraTenantId: string;
  readonly displayName: string;
  readonly scenario: Scenario;
}

export const DIRECTORIES: readonly Directory[] = [...SCENARIOS].map(([name, scenario]) => {
  const domain = `${name}${SANDBOX_SUFFIX}`;
  return {
    domain,
    entraTenantId: uuidV5(domain),
    displayName: `Contoso ${name.replaceAll('-', ' ')}`,
    scenario,
  };
});

const BY_NAME: ReadonlyMap<string, Directory> = new Map(
  DIRECTORIES.flatMap((directory): [string, Directory][] => [
    [directory.domain, directory],
    [directory.entraTenantId, directory],
  ]),
);

/** By domain or id, in any case. */
export function findDirectory(domainOrId: string): Directory | null {
  return BY_NAME.get(domainOrId.toLowerCase()) ?? null;
}

/** A stable id for something in a directory. */
export function idIn(directory: Directory, thing: string): string {
  return uuidV5(thing, directory.entraTenantId);
}
