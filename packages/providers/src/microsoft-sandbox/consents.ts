import { type Directory, findDirectory } from './directories.js';

/** What administrators of the emulated directories have consented to. In memory: a restart begins every scenario anew. */
export class Consents {
  readonly #givenAt = new Map<string, Date>();

  constructor(private readonly now: () => Date) {}

  give({ domain }: Directory): void {
    this.#givenAt.set(domain, this.now());
  }

  withdraw({ domain }: Directory): void {
    this.#givenAt.delete(domain);
  }

  givenAt({ domain }: Directory): Date | null {
    return this.#givenAt.get(domain) ?? null;
  }

  /** The directory as it is now, by domain or id: where a consent mends its scenario and was given, nothing is wrong any more. */
  find(domainOrId: string): Directory | null {
    const directory = findDirectory(domainOrId);
    const givenAt = directory?.scenario.fixedByConsent ? this.givenAt(directory) : null;
    return directory && givenAt ? { ...directory, scenario: { consentedAt: givenAt } } : directory;
  }
}
