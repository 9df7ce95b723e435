import { logStatements, riseOf } from './database.mjs';
import { makeFolder, startGangway } from './servers.mjs';
import { toRow } from './statistics.mjs';
import { createTenant, queueTenant, rollBack, untilRun } from './tenants.mjs';

const TENANTS = 10;
const each = (work) => Promise.all(Array.from({ length: TENANTS }, (_, index) => work(index)));

/**
 * P5: how long the database works to take a tenant back after all of it was made and only its mail could not be sent,
 * against how long it works to create one; by its own log, less what an idle server asks of it in the same time.
 */
export default async function measureRollback() {
  const { folder, remove } = await makeFolder();
  const values = { a: [], b: [] };
  try {
    for (let round = 0; round < 5; round += 1) {
      values.b.push(await timeCreation(folder));
      values.a.push(await timeRollback(folder));
    }
  } finally {
    await remove();
  }
  const measure = 'full rollback of a created tenant, ms of database time / of its creation';
  return toRow({ id: 'P5', measure, pass: '≤ 1.5', digits: 2 }, values);
}

const timeCreation = (folder) =>
  withServer(folder, {}, async ({ url }, milliseconds) => {
    const create = () => each(() => createTenant(url, 1_500));
    await create(); // warm: what each connection prepares once is not counted
    return riseOf(milliseconds, create);
  });

const timeRollback = (folder) =>
  withServer(
    folder,
    { FAULT: 'tenant.create.sending_welcome_email.before:throw' },
    async ({ url }, milliseconds) => {
      const hold = async () => {
        const ids = await each(() => queueTenant(url, { failure_policy: 'hold' }));
        await each((index) => untilRun(url, ids[index], (run) => run.held, 500));
        return ids;
      };
      const takeBack = (ids) => each((index) => rollBack(url, ids[index]));
      await takeBack(await hold());
      const ids = await hold();
      return riseOf(milliseconds, () => takeBack(ids));
    },
  );

/** Gives the milliseconds of one tenant. */
async function withServer(folder, env, work) {
  const gangway = await startGangway(env, folder);
  const log = await logStatements(folder);
  try {
    return (await work(gangway, log.milliseconds)) / TENANTS;
  } finally {
    await log.stop();
    await gangway.stop();
  }
}
