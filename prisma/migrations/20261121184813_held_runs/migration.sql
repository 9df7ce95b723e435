-- A partner's runs that are parked, to list them. They are few; the index is made beside the work on the table.
CREATE INDEX CONCURRENTLY "operation_runs_held_idx" ON "operation_runs"("partner_id", "id") WHERE (held AND partner_id IS NOT NULL);
