import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';
import { createPool } from './connection/create-pool.js';
import { withConnection } from './connection/open-connection.js';

/** Prisma describes its schema as files; ours is one file. */
export interface SchemaSource {
  readonly path: string;
  readonly content: string;
}

// Node has it; TypeScript describes it only in the library for browsers.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

let loaded: Promise<void> | undefined;

// The package is made for bundlers that understand `import … from "x.wasm"`; Node 20 does not, so the module is
// instantiated by hand, once per process.
async function loadWasm(): Promise<void> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(path.join(path.dirname(script), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engineModule });
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
}

/** Runs `use` with Prisma's schema engine on the database behind `url`; frees the engine afterwards. */
export async function withSchemaEngine<T>(
  url: string,
  schema: SchemaSource | null,
  use: (engine: engineModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= loadWasm();
  await loaded;
  // A pool of ours, because the engine never closes the one it is given.
  const pool = createPool({ url, max: 10, onError: () => undefined });
  const prismaPg = new PrismaPg(pool, { schema: await findCurrentSchema(url) });
  const adapter = bindMigrationAwareSqlAdapterFactory(withWholeScripts(prismaPg, pool));
  const datamodels: [string, string][] | undefined = schema ? [[schema.path, schema.content]] : undefined;
  try {
    const engine = await engineModule.SchemaEngine.new({ datamodels }, () => undefined, adapter);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** Where the engine keeps `_prisma_migrations`: left to itself it takes `public`, wherever the tables are made. */
async function findCurrentSchema(url: string): Promise<string> {
  return withConnection({ url }, async (client) => {
    const { rows } = await client.query<{ name: string | null }>('SELECT current_schema() AS name');
    return rows[0]?.name ?? 'public';
  });
}

/**
 * Prisma's adapter cuts a script at every semicolon, those in comments and in the bodies of functions too, and sends the
 * pieces one by one. Sent as it is, PostgreSQL reads it itself, and takes all of it or nothing.
 */
function withWholeScripts(factory: PrismaPg, pool: pg.Pool): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    connection.executeScript = async (script) => {
      await pool.query(script);
    };
    return connection;
  };
  return factory;
}

/**
 * SQL that leads from one schema to another; `from: null` is the empty database. Reads nothing from the database
 * (Prisma's introspection does not work in this engine), which only says which dialect is meant.
 */
export async function diffSchemas(url: string, from: SchemaSource | null, to: SchemaSource): Promise<string> {
  return withSchemaEngine(url, to, async (engine) => {
    const result = await engine.diff({
      from: from ? { tag: 'schemaDatamodel', files: [{ ...from }] } : { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ ...to }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.stdout ?? '';
  });
}
