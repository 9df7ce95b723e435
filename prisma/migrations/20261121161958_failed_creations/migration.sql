-- A partner's creations that failed, to list them by tenant. They are few: the index is small, and no other run is in it.
-- Reads go on while it is made; writes to its table wait while the runs are read, about a second for each million.
CREATE INDEX "operation_runs_failed_creations_idx" ON "operation_runs"("partner_id", "subject_id", "id") WHERE (status = 'failed' AND type = 'tenant.create' AND partner_id IS NOT NULL);
