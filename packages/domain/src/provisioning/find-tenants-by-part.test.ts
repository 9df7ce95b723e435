import { createDatabase } from '@gangway/db/client';
import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTenantsByPart, type TenantSearch } from './find-tenants-by-part.js';

const PARTNERS = [uuidv7(), uuidv7()] as const;
const ODD = [
  '100%_off',
  'a\\b\\',
  `O'Neil "quoted"`,
  '%',
  '__',
  'ÄÖÜ Straße',
  'äöü',
  'İstanbul',
  'ΟΔΟΣ',
  '株式会社',
  '🚢🚢⚓',
  '%\\%',
];
const WORDS = ['Contoso', 'contoso', 'Fabrikam', 'ACME', 'Nord', 'nordwind', 'Ltd', 'GmbH', ...ODD];
const STATUSES = ['active', 'active', 'provisioning', 'suspended'];
const COUNT = 400;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { prisma } = database.db;
  await prisma.partner.createMany({ data: PARTNERS.map((id) => ({ id, name: 'Partner' })) });
  const pick = (list: readonly string[], index: number) => list[index % list.length] ?? '';
  for (let i = 0; i < COUNT; i += 1) {
    const words = [pick(WORDS, i), pick(WORDS, i * 7 + 3), i % 3 ? String(i) : ''];
    await addTenant(words.join(' ').trim(), pick(STATUSES, i), PARTNERS[i % 5 ? 0 : 1]);
  }
  // Newer and older ones, more than the newest that are read at first, with letters that nobody looks for.
  const fill = (first: string, name: string) =>
    database.db.pool.query(
      `INSERT INTO tenants (tenant, partner_id, company_name, email, status)
       SELECT overlay(gen_random_uuid()::text PLACING $1 FROM 1)::uuid, partner, name, name, 'active'
         FROM unnest($2::uuid[]) WITH ORDINALITY p (partner, n), generate_series(1, 1100) i,
              concat($3::text, translate((n * 10000 + i)::text, '0123456789', 'აბგდევზთიკ')) name`,
      [first, PARTNERS, name],
    );
  await fill('0', 'ძ');
  await fill('f', 'ჯ');
});
afterAll(() => database.drop());

let added = 0;
async function addTenant(companyName: string, status = 'active', partnerId: string = PARTNERS[0]) {
  added += 1;
  const email = `admin${added}@${added % 2 ? 'even_odd' : 'mail-er'}.example`;
  const data = { tenant: uuidv7(), partnerId, companyName, email, status };
  return (await database.db.prisma.tenant.create({ data })).tenant;
}

/** Every page, one after the other. */
async function walk(search: Omit<TenantSearch, 'before'>, meanwhile?: () => Promise<unknown>) {
  const found: string[] = [];
  for (;;) {
    const before = found.at(-1) ?? null;
    const rows = await findTenantsByPart(database.db.prisma, { ...search, before });
    found.push(...rows.map((row) => row.tenant));
    if (rows.length < search.take) return found;
    await meanwhile?.();
  }
}

/** What a plain look at every row finds. */
async function scan({ partnerId, part, status }: Pick<TenantSearch, 'partnerId' | 'part' | 'status'>) {
  const { rows } = await database.db.pool.query<{ tenant: string }>(
    `SELECT tenant FROM tenants WHERE partner_id = $1 AND ($3::text IS NULL OR status = $3)
        AND (position(lower($2) IN lower(company_name)) > 0 OR position(lower($2) IN email) > 0)
      ORDER BY tenant DESC`,
    [partnerId, part, status ?? null],
  );
  return rows.map((row) => row.tenant);
}

describe('findTenantsByPart', () => {
  it('finds what a look at every row finds, page by page', async () => {
    const written = fc.constantFrom(
      ...WORDS,
      'admin12',
      '@even_odd.example',
      'er.example',
      ' 1',
      '77',
      'Ltd GmbH',
    );
    const change = fc.constantFrom(
      (text: string) => text.toUpperCase(),
      (text: string) => text.toLowerCase(),
    );
    const pieceOf = fc
      .tuple(written, fc.nat(8), fc.nat(8), change)
      .map(([word, from, length, changed]) =>
        changed(
          Array.from(word)
            .slice(from, from + length + 1)
            .join(''),
        ),
      )
      .filter((part) => part !== '');
    const anything = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 5 })
      .filter((part) => !part.includes('\0'));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: pieceOf }, anything),
        fc.constantFrom(...PARTNERS),
        fc.constantFrom(undefined, 'active', 'provisioning'),
        fc.integer({ min: 2, max: 60 }),
        async (part, partnerId, status, take) => {
          const search = { part, partnerId, status };
          expect(await walk({ ...search, take })).toEqual(await scan(search));
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(ODD)('takes every character of %j as it is', async (part) => {
    const search = { partnerId: PARTNERS[0], part };
    const found = await walk({ ...search, take: 500 });
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(COUNT);
    expect(found).toEqual(await scan(search));
  });

  it('looks for parts of 1, 2, 3 and 200 characters, and not beyond the end of a name', async () => {
    const name = `Lang${'er'.repeat(98)}`;
    const tenant = await addTenant(name);
    const find = (part: string) => walk({ partnerId: PARTNERS[0], part, take: 500 });
    for (const part of ['L', 'La', 'Lan', name.toUpperCase()]) expect(await find(part)).toContain(tenant);
    expect(await find(`${name.slice(-5)} admin`)).toEqual([]);
    expect(await find('e'.repeat(200))).toEqual([]);
  });

  it('leaves nothing out and shows nothing twice while tenants are created and become active', async () => {
    const there: string[] = [];
    for (let i = 0; i < 12; i += 1)
      there.push(await addTenant(`Harbour ${i}`, i % 2 ? 'provisioning' : 'active'));
    const { prisma } = database.db;
    const found = await walk({ partnerId: PARTNERS[0], part: 'harbour', take: 3 }, async () => {
      await addTenant('Harbour, new');
      const waiting = { tenant: { in: there }, status: 'provisioning' };
      const next = await prisma.tenant.findFirst({ where: waiting, orderBy: { tenant: 'asc' } });
      if (next) await prisma.tenant.update({ where: { tenant: next.tenant }, data: { status: 'active' } });
    });
    expect(found).toEqual(there.toReversed());
  });

  it('finds a rare part of many tenants by the index, and nothing of another partner', async () => {
    const { prisma, pool } = database.db;
    await pool.query(
      `INSERT INTO tenants (tenant, partner_id, company_name, email, status)
       SELECT gen_random_uuid(), $1, 'Many ' || i, 'm' || i || '@many.example', 'active' FROM generate_series(1, 3000) i`,
      [PARTNERS[0]],
    );
    const owner = createDatabase({ url: database.ownerUrl });
    await owner.pool.query('ANALYZE tenants'); // as autovacuum does in time
    await owner.close();
    const search = { part: 'm2718@', before: null, take: 51 };
    const found = await database.db.inTransaction(async (tx) => {
      // What this transaction has scanned, and nobody else.
      const countScans = async () => {
        const [row] = await tx.$queryRaw<[{ scans: bigint }]>`
          SELECT pg_stat_get_xact_numscans('tenants_search_idx'::regclass) AS scans`;
        return row.scans;
      };
      const before = await countScans();
      const rows = await findTenantsByPart(tx, { ...search, partnerId: PARTNERS[0] });
      expect(await countScans()).toBeGreaterThan(before);
      return rows;
    });
    expect(found.map((row) => row.email)).toEqual(['m2718@many.example']);
    expect(found[0]?.createdAt).toBeInstanceOf(Date);
    expect(await findTenantsByPart(prisma, { ...search, partnerId: PARTNERS[1] })).toEqual([]);
  });

  it.each([
    [999, 1],
    [1000, 3],
  ])('of %i tenants sees in %i statements that none has the part', async (count, statements) => {
    const { prisma, pool } = database.db;
    const partnerId = uuidv7();
    await prisma.partner.create({ data: { id: partnerId, name: 'Partner' } });
    await pool.query(
      `INSERT INTO tenants (tenant, partner_id, company_name, email, status)
       SELECT gen_random_uuid(), $1, 'Few', 'f' || i || '@' || $2 || '.example', 'active' FROM generate_series(1, $2::int) i`,
      [partnerId, count],
    );
    let asked = 0;
    const counting = prisma.$extends({
      query: {
        $queryRaw: ({ args, query }) => {
          asked += 1;
          return query(args);
        },
      },
    });
    const search = { partnerId, part: 'none', before: null, take: 51 };
    expect(await findTenantsByPart(counting, search)).toEqual([]);
    expect(asked).toBe(statements);
  });
});
