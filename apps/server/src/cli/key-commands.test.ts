import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const dataDir = mkdtempSync(path.join(tmpdir(), 'gangway-keys-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

test('`keys temporal` prints the keys that histories were encrypted with, and not ENCRYPTION_KEYS', () => {
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATA_DIR: dataDir,
    ENCRYPTION_KEYS:
      'new:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8,old:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  };
  const { stdout, status } = spawnSync(process.execPath, [CLI, 'keys', 'temporal'], {
    env,
    cwd: dataDir,
    encoding: 'utf8',
  });
  // HKDF-SHA256 without salt, by another implementation (Python's cryptography). Histories on record need these very keys.
  const derived =
    'new:CWFkpd4oqmEnS-GXThVWffjDb-HwImwSsX1LUejM1zE,old:9FFPU_E3ErNdK94vFzzdUwEoQRktGFGmfwfL0ORmoFc';
  expect([stdout, status]).toEqual([`TEMPORAL_PAYLOAD_KEYS=${derived}\n`, 0]);
});
