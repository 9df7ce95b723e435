import type { Database } from '@gangway/db/client';
import type { Plan } from '../plan.js';
import { type Operation, StepError } from '../step.js';

// plan.ts: pure, the same file for both engines
export const namePlan: Plan = {
  type: 'inventory.domains',
  steps: [
    { name: 'reserving', title: 'Reserve the name', progress: [0, 60], compensation: 'release' },
    { name: 'announcing', title: 'Announce it', progress: [60, 100], parameters: ['greeting'] },
  ],
  outcome: (_input, outputs) => ({
    status: 'succeeded',
    reasonCode: null,
    message: null,
    warnings: [],
    result: { announced: outputs['announcing'] ?? null },
  }),
};

// steps.ts: the effects, over whatever they need
export function nameOperation(db: Pick<Database, 'pool'>): Operation {
  return {
    plan: namePlan,
    timeoutMs: 10 * 60_000,
    steps: {
      // Called again after a crash it finds its own row: the key is the run's, and the insert is harmless twice.
      reserving: async ({ run }) => {
        const { name = '' } = run.input as { name?: string };
        const text = 'INSERT INTO names (name, run_id) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING';
        await db.pool.query(text, [name, run.id]);
        const owner = await db.pool.query<{ run_id: string }>('SELECT run_id FROM names WHERE name = $1', [
          name,
        ]);
        if (owner.rows[0]?.run_id !== run.id) throw new StepError('tenant.duplicate');
        return { name };
      },
      announcing: ({ run }) => {
        const { greeting = 'Hello', name = '' } = run.input as { greeting?: string; name?: string };
        return Promise.resolve(`${greeting}, ${name}`);
      },
    },
    compensations: {
      release: {
        list: async ({ run }) => {
          const text = 'SELECT name FROM names WHERE run_id = $1';
          const { rows } = await db.pool.query<{ name: string }>(text, [run.id]);
          return rows.map((row) => ({ what: 'name', id: row.name }));
        },
        undo: async ({ run }) => {
          await db.pool.query('DELETE FROM names WHERE run_id = $1', [run.id]);
        },
      },
    },
    validateUpdate: (field, value) => {
      if (field !== 'greeting' || typeof value !== 'string') throw new StepError('validation.failed');
      return value;
    },
  };
}
