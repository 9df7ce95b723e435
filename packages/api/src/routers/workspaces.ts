import * as workspaces from '@gangway/contract/workspaces';
import { getWorkspace } from '@gangway/domain/workspaces/get-workspace';
import { listWorkspaces } from '@gangway/domain/workspaces/list-workspaces';
import { userProcedure, workspaceProcedure } from '../procedures.js';
import { t } from '../trpc.js';

export const workspacesRouter = t.router({
  list: userProcedure
    .input(workspaces.list.in.default({ limit: 50 }))
    .output(workspaces.list.out)
    .query(({ ctx, input }) => listWorkspaces(ctx.scope, input)),
  get: workspaceProcedure('workspace:read', { isSlugAllowed: true })
    .input(workspaces.get.in)
    .output(workspaces.get.out)
    .query(({ ctx }) => getWorkspace(ctx.scope)),
});
