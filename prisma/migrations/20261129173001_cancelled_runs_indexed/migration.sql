-- The same for who cancelled them.
CREATE INDEX CONCURRENTLY "operation_runs_cancelled_idx" ON "operation_runs"("cancelled_by") WHERE (cancelled_by IS NOT NULL);
