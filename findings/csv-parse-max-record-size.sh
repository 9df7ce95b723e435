#!/usr/bin/env bash
# csv-parse 7.0.3, option `max_record_size`, documented as the "maximum number of characters to be contained in the field
# and line buffers before an exception is raised; used to guard against a wrong delimiter or record_delimiter".
# Surprising: it counts the characters of values only. A line that is all delimiters is as long as it likes to be, and
# comes out as one record with a field for each: a guard against long lines has to count fields by itself.
# Source: https://csv.js.org/parse/options/max_record_size/ and a run of the package.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund csv-parse@7.0.3
cat >try.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const { version } = JSON.parse(readFileSync('node_modules/csv-parse/package.json', 'utf8'));
console.log(`csv-parse ${version}, max_record_size: 10`);
const attempt = (name, text) => {
  try {
    const [record] = parse(text, { max_record_size: 10 });
    console.log(`${name}: a record of ${record.length} fields`);
    return record.length;
  } catch (error) {
    console.log(`${name}: ${error.code}`);
    return error.code;
  }
};
const long = attempt('a line of 20 letters', 'x'.repeat(20));
const commas = attempt('a line of 2,000 commas', ','.repeat(2_000));
process.exit(long === 'CSV_MAX_RECORD_SIZE' && commas === 2_001 ? 0 : 1);
JS
node try.mjs
