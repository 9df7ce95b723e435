-- What many wait for at once lets everybody else go first.
ALTER TABLE "operation_runs" ADD COLUMN "priority" SMALLINT NOT NULL DEFAULT 0;
-- Live runs only; while it is made, runs wait for one look at the table.
CREATE INDEX "operation_runs_due_idx" ON "operation_runs" ("priority", "due_at") WHERE (status IN ('queued', 'running'));
DROP INDEX "operation_runs_live_idx";
