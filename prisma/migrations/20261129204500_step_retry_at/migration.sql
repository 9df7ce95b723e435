-- Steps of a run that wait for their next attempt side by side are due at different times.
ALTER TABLE "operation_run_steps" ADD COLUMN "retry_at" TIMESTAMPTZ(3);
