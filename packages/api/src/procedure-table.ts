import { appRouter } from './app-router.js';
import type { ProcedureScope } from './trpc.js';

export type ProcedureEntry = {
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
} & ProcedureScope;

/** Every procedure with its scope. @throws where one is not classified, which keeps such a build from starting */
export const procedureTable: readonly ProcedureEntry[] = Object.entries(appRouter._def.procedures).map(
  ([path, procedure]) => {
    const { meta, type } = (
      procedure as unknown as { _def: { meta?: ProcedureScope; type: ProcedureEntry['type'] } }
    )._def;
    if (!meta) throw new Error(`Procedure ${path} has no scope`);
    return { path, type, ...meta };
  },
);
