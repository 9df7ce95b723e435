const PREFIX = 'gangway-draft:';

/** What was typed earlier in this tab under the key; empty where nothing was, or storage is refused. */
export function readDraft(key: string | undefined): Record<string, string> {
  if (key === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? '{}');
    const entries = Object.entries(parsed ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}

export function writeDraft(key: string, values: Record<string, string>, secrets: readonly string[]): void {
  try {
    const kept = Object.entries(values).filter(([name]) => !secrets.includes(name));
    sessionStorage.setItem(PREFIX + key, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // A full or forbidden storage costs the convenience, not the form.
  }
}

export function clearDraft(key: string | undefined): void {
  if (key === undefined) return;
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // See above.
  }
}
