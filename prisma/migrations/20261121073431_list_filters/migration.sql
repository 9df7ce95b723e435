-- CreateIndex
CREATE INDEX "tenants_partner_id_status_tenant_idx" ON "tenants"("partner_id", "status", "tenant");

-- CreateIndex
CREATE INDEX "invitations_open_idx" ON "invitations"("workspace_id", "id") WHERE (accepted_at IS NULL AND revoked_at IS NULL);

-- CreateIndex
CREATE INDEX "onboarding_sessions_workspace_id_managed_tenant_id_id_idx" ON "onboarding_sessions"("workspace_id", "managed_tenant_id", "id");

-- CreateIndex
CREATE INDEX "operation_runs_failed_idx" ON "operation_runs"("workspace_id", "id") WHERE (status = 'failed');

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_created_at_id_idx" ON "webhook_deliveries"("endpoint_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "audit_events_workspace_id_target_id_id_idx" ON "audit_events"("workspace_id", "target_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_workspace_id_action_id_idx" ON "audit_events"("workspace_id", "action", "id");

-- CreateIndex
CREATE INDEX "audit_events_refused_idx" ON "audit_events"("workspace_id", "id") WHERE (outcome <> 'allowed');
