import type pg from 'pg';

/** The role the application works as. It owns nothing: it can read and write rows, and change no table. */
export const APPLICATION_ROLE = 'gangway_app';

/** Any fixed number: servers that start at once grant one after the other, because PostgreSQL refuses the same grant twice at a time. */
const GRANT_LOCK = 4_726_159_002;

/** Gives the application role what it needs on every table there is and will be. Does nothing where it is missing. */
export async function grantToApplicationRole(owner: pg.ClientBase): Promise<void> {
  const role = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION_ROLE]);
  if (role.rowCount === 0) return;
  const schema = await owner.query<{ name: string }>('SELECT quote_ident(current_schema()) AS name');
  const name = schema.rows[0]?.name ?? 'public';
  await owner.query(`
    GRANT USAGE ON SCHEMA ${name} TO ${APPLICATION_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${name} TO ${APPLICATION_ROLE};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${name} TO ${APPLICATION_ROLE};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${name} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${APPLICATION_ROLE};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${name} GRANT USAGE, SELECT ON SEQUENCES TO ${APPLICATION_ROLE};
    REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM ${APPLICATION_ROLE};
  `);
}

/**
 * Makes the application role on a foreign PostgreSQL and lets the owner act as it. Returns false where the owner may
 * not make roles; the application then works as the role of the URL.
 */
export async function ensureActingRole(owner: pg.ClientBase): Promise<boolean> {
  await owner.query('SELECT pg_advisory_lock($1)', [GRANT_LOCK]);
  try {
    await owner.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${APPLICATION_ROLE}') THEN
          CREATE ROLE ${APPLICATION_ROLE} NOLOGIN;
        END IF;
      END $$;
      GRANT ${APPLICATION_ROLE} TO CURRENT_USER`);
    await grantToApplicationRole(owner);
    return true;
  } catch (error) {
    if (isPermissionError(error)) return false;
    throw error;
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1)', [GRANT_LOCK]);
  }
}

function isPermissionError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42501';
}
