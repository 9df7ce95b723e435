-- As with runs: the indexes of one kind of owner leave the events of the other out. Made before the old ones go.
CREATE INDEX "audit_events_workspace_idx" ON "audit_events"("workspace_id", "id") WHERE (workspace_id IS NOT NULL);
CREATE INDEX "audit_events_workspace_target_idx" ON "audit_events"("workspace_id", "target_id", "id") WHERE (workspace_id IS NOT NULL);
CREATE INDEX "audit_events_workspace_action_idx" ON "audit_events"("workspace_id", "action", "id") WHERE (workspace_id IS NOT NULL);
CREATE INDEX "audit_events_workspace_actor_idx" ON "audit_events"("workspace_id", "actor_label", "id") WHERE (workspace_id IS NOT NULL);
CREATE INDEX "audit_events_workspace_refused_idx" ON "audit_events"("workspace_id", "id") WHERE (outcome <> 'allowed' AND workspace_id IS NOT NULL);
CREATE INDEX "audit_events_partner_idx" ON "audit_events"("partner_id", "id") WHERE (partner_id IS NOT NULL);
CREATE INDEX "audit_events_partner_target_idx" ON "audit_events"("partner_id", "target_id", "id") WHERE (partner_id IS NOT NULL);
CREATE INDEX "audit_events_partner_action_idx" ON "audit_events"("partner_id", "action", "id") WHERE (partner_id IS NOT NULL);
CREATE INDEX "audit_events_partner_refused_idx" ON "audit_events"("partner_id", "id") WHERE (outcome <> 'allowed' AND partner_id IS NOT NULL);
DROP INDEX "audit_events_workspace_id_id_idx";
DROP INDEX "audit_events_workspace_id_target_id_id_idx";
DROP INDEX "audit_events_workspace_id_action_id_idx";
DROP INDEX "audit_events_refused_idx";
DROP INDEX "audit_events_partner_id_id_idx";
