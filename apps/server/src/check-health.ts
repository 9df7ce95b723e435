import type { AppContext } from '@gangway/domain/app-context';
import { seal, unseal } from '@gangway/domain/secrets/seal';
import type { HealthReport } from '@gangway/engine/temporal/protocol';

/** What `healthCheckWorkflow` answers: a database round trip, the mail transport, and the key ring, really tried. */
export async function checkHealth(app: Pick<AppContext, 'db' | 'mail' | 'keys'>): Promise<HealthReport> {
  const isFine = async (work: () => Promise<boolean>) =>
    (await work().catch(() => false)) ? 'ok' : 'failing';
  const place = { owner: 'house', row: 'readiness', field: 'probe' };
  const database = await isFine(async () => (await app.db.pool.query('SELECT 1')).rowCount === 1);
  const mail = await isFine(async () => (await app.mail.verify(AbortSignal.timeout(5_000))) === null);
  const keys = await isFine(async () => {
    const { ciphertext } = await seal(app.keys, place, 'probe');
    return (await unseal(app.keys, place, ciphertext)) === 'probe';
  });
  const isHealthy = [database, mail, keys].every((part) => part === 'ok');
  return { status: isHealthy ? 'healthy' : 'unhealthy', database, mail, keys };
}
