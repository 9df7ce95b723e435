-- Creations that have ended and still know names, which are erased thirty days later.
CREATE INDEX CONCURRENTLY "operation_runs_names_idx" ON "operation_runs"("finished_at") WHERE (type = 'tenant.create' AND status IN ('succeeded', 'failed') AND NOT held AND (input -> 'adminUser') IS NOT NULL);
