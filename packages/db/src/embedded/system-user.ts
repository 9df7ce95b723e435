import { execFileSync } from 'node:child_process';
import { EmbeddedPostgresError } from './errors.js';

/** PostgreSQL refuses to run as root; started by root it runs as this user. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';

/** Null when we are not root: PostgreSQL then runs as ourselves. Makes the user where it is missing. */
export function ensureSystemUser(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  return findSystemUser() ?? createSystemUser();
}

function findSystemUser(): SystemUser | null {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, NAME], { encoding: 'utf8', stdio: 'pipe' }));
    return { name: NAME, uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

function createSystemUser(): SystemUser {
  try {
    execFileSync('groupadd', ['--system', '--force', NAME], { stdio: 'pipe' });
    execFileSync(
      'useradd',
      ['--system', '--gid', NAME, '--no-create-home', '--shell', '/usr/sbin/nologin', NAME],
      {
        stdio: 'pipe',
      },
    );
  } catch (error) {
    throw new EmbeddedPostgresError(
      `PostgreSQL does not run as root, and the user "${NAME}" could not be created: create it, start Gangway as another user, or set DATABASE_URL`,
      { cause: error },
    );
  }
  const user = findSystemUser();
  if (!user) throw new EmbeddedPostgresError(`The user "${NAME}" was created but cannot be found`);
  return user;
}
