import { createDatabase } from '@gangway/db/client';
import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DenialLog } from './denial-log.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.db.prisma.outsiderDenial.deleteMany());

const HOUR_MS = 3_600_000;
const outsider = (id: string) => ({
  actor: { kind: 'user', id, label: 'x@x.example', browserSessionId: id } as const,
  action: 'members.list',
  reasonCode: 'workspace.not_found' as const,
  target: null,
});
const total = async () =>
  (await database.db.prisma.outsiderDenial.aggregate({ _sum: { denials: true }, _count: true }))._sum.denials;

it('keeps no more counts than it has room for, and loses none', async () => {
  const log = new DenialLog({ db: database.db });
  for (let index = 0; index < 3_000; index += 1) log.countOutsider(outsider(uuidv7()));
  await log.flush();
  expect(await database.db.prisma.outsiderDenial.count()).toBe(1_001);
  const others = await database.db.prisma.outsiderDenial.findMany({ where: { actorId: 'others' } });
  expect(others).toMatchObject([{ denials: 2_000, action: '*', reasonCode: 'workspace.not_found' }]);
});

it('counts what several processes see together, and each hour by itself', async () => {
  let now = Date.parse('2026-11-29T10:59:59Z');
  const logs = [1, 2, 3].map(() => new DenialLog({ db: database.db, now: () => now }));
  const [id, other] = [uuidv7(), uuidv7()];
  const countAll = () =>
    logs.forEach((log) => [id, other, id].forEach((who) => log.countOutsider(outsider(who))));
  countAll();
  now += 1_000;
  countAll();
  await Promise.all(logs.map((log) => log.flush()));
  const rows = await database.db.prisma.outsiderDenial.findMany({
    orderBy: [{ hour: 'asc' }, { denials: 'asc' }],
  });
  expect(rows.map(({ hour, denials }) => [hour.toISOString(), denials])).toEqual([
    ['2026-11-29T10:00:00.000Z', 3],
    ['2026-11-29T10:00:00.000Z', 6],
    ['2026-11-29T11:00:00.000Z', 3],
    ['2026-11-29T11:00:00.000Z', 6],
  ]);
});

it('keeps what it cannot write, and says so', async () => {
  const owner = createDatabase({ url: database.ownerUrl, poolMax: 1 });
  const rename = (from: string, to: string) => owner.pool.query(`ALTER TABLE ${from} RENAME TO ${to}`);
  const errors: unknown[] = [];
  const log = new DenialLog({ db: database.db, onError: (error) => errors.push(error) });
  const id = uuidv7();
  await rename('outsider_denials', 'away');
  for (const who of [id, id, uuidv7()]) {
    log.countOutsider(outsider(who));
    await log.flush();
  }
  await rename('away', 'outsider_denials');
  await log.stop();
  await owner.close();
  expect([errors.length, await total()]).toEqual([3, 3]);
});

it('tells the metrics of every one, and starts anew with the next hour', async () => {
  let now = Date.now();
  const told: string[] = [];
  const log = new DenialLog({
    db: database.db,
    now: () => now,
    onDenied: (...denied) => told.push(denied.join(' ')),
  });
  const source = { actor: outsider(uuidv7()).actor, requestId: null, workspaceId: uuidv7() };
  const denial = { action: 'members.invite', outcome: 'denied', reasonCode: 'capability.missing' } as const;
  const deny = async (times: number) => {
    for (let count = 0; count < times; count += 1) await log.audit(source, denial);
    await log.flush();
  };
  await deny(25);
  now += HOUR_MS + 1;
  await deny(1);
  log.countOutsider(outsider(uuidv7()));
  const events = await database.db.prisma.auditEvent.findMany({ where: { workspaceId: source.workspaceId } });
  expect(events).toHaveLength(22);
  expect(events.filter(({ data }) => data !== null)).toMatchObject([{ data: { repeated: '5' } }]);
  expect(told).toEqual([
    ...Array<string>(26).fill('member capability.missing'),
    'outsider workspace.not_found',
  ]);
});
