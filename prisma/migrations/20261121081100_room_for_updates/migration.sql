-- A run and its steps are changed several times while they are executed. Room on their pages lets PostgreSQL keep the
-- changed row beside the old one, without a new entry in every index.
ALTER TABLE "operation_runs" SET (fillfactor = 70);
ALTER TABLE "operation_run_steps" SET (fillfactor = 80);
