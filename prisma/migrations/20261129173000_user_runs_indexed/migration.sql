-- The runs of a person, to erase the name when the account ends.
CREATE INDEX CONCURRENTLY "operation_runs_user_idx" ON "operation_runs"("started_by_id") WHERE (started_by_kind = 'user');
