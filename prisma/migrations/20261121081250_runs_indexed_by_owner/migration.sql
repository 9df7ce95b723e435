-- A run is owned by a workspace or by a partner: the indexes of the one leave the runs of the other out. The new ones
-- are made first, so that reads wait for no more than the drops.
CREATE INDEX "operation_runs_workspace_idx" ON "operation_runs"("workspace_id", "id") WHERE (workspace_id IS NOT NULL);
CREATE INDEX "operation_runs_workspace_type_idx" ON "operation_runs"("workspace_id", "type", "id") WHERE (workspace_id IS NOT NULL);
CREATE INDEX "operation_runs_managed_tenant_idx" ON "operation_runs"("workspace_id", "managed_tenant_id", "type", "id") WHERE (workspace_id IS NOT NULL);
CREATE INDEX "operation_runs_partner_idx" ON "operation_runs"("partner_id", "id") WHERE (partner_id IS NOT NULL);
DROP INDEX "operation_runs_workspace_id_id_idx";
DROP INDEX "operation_runs_workspace_id_managed_tenant_id_type_id_idx";
DROP INDEX "operation_runs_partner_id_id_idx";
DROP INDEX "operation_runs_failed_idx";
CREATE INDEX "operation_runs_failed_idx" ON "operation_runs"("workspace_id", "id") WHERE (status = 'failed' AND workspace_id IS NOT NULL);
