import * as connections from '@gangway/contract/connections';
import { createConnection } from '@gangway/domain/connections/create-connection';
import { getConnection } from '@gangway/domain/connections/get-connection';
import { listConnections } from '@gangway/domain/connections/list-connections';
import { removeConnection } from '@gangway/domain/connections/remove-connection';
import { rotateCredential } from '@gangway/domain/connections/rotate-credential';
import { setDefaultConnection } from '@gangway/domain/connections/set-default-connection';
import { updateConnection } from '@gangway/domain/connections/update-connection';
import { workspaceProcedure } from '../procedures.js';
import { t } from '../trpc.js';

const read = workspaceProcedure('connection:read');
const manage = workspaceProcedure('connection:manage');

export const connectionsRouter = t.router({
  list: read
    .input(connections.list.in)
    .output(connections.list.out)
    .query(({ ctx, input }) => listConnections(ctx.scope, input)),
  get: read
    .input(connections.get.in)
    .output(connections.get.out)
    .query(({ ctx, input }) => getConnection(ctx.scope, input)),
  create: manage
    .input(connections.create.in)
    .output(connections.create.out)
    .mutation(({ ctx, input }) => createConnection(ctx.scope, input)),
  update: manage
    .input(connections.update.in)
    .output(connections.update.out)
    .mutation(({ ctx, input }) => updateConnection(ctx.scope, input)),
  rotateCredential: manage
    .input(connections.rotateCredential.in)
    .output(connections.rotateCredential.out)
    .mutation(({ ctx, input }) => rotateCredential(ctx.scope, input)),
  setDefault: manage
    .input(connections.setDefault.in)
    .output(connections.setDefault.out)
    .mutation(({ ctx, input }) => setDefaultConnection(ctx.scope, input)),
  remove: manage
    .input(connections.remove.in)
    .output(connections.remove.out)
    .mutation(({ ctx, input }) => removeConnection(ctx.scope, input)),
});
