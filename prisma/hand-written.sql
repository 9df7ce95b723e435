-- What the migrations hold beyond schema.prisma, because Prisma cannot say it. A test compares the database that the
-- migrations make with schema.prisma plus this file: whoever adds a constraint by hand to a migration adds it here.

ALTER TABLE "operation_runs" ADD CONSTRAINT "operation_runs_owner_check" CHECK (num_nonnulls("workspace_id", "partner_id") = 1);
ALTER TABLE "operation_runs" ADD CONSTRAINT "operation_runs_status_check" CHECK ("status" IN ('queued', 'running', 'succeeded', 'failed'));
ALTER TABLE "operation_runs" ADD CONSTRAINT "operation_runs_progress_check" CHECK ("progress" BETWEEN 0 AND 100);
ALTER TABLE "operation_run_steps" ADD CONSTRAINT "operation_run_steps_status_check" CHECK ("status" IN ('pending', 'running', 'succeeded', 'failed', 'skipped', 'compensated'));
ALTER TABLE "onboarding_sessions" ADD CONSTRAINT "onboarding_sessions_status_check" CHECK ("status" IN ('open', 'completed', 'abandoned'));
ALTER TABLE "consent_requests" ADD CONSTRAINT "consent_requests_kind_check" CHECK ("kind" IN ('direct', 'hand_off'));
ALTER TABLE "operation_runs" SET (fillfactor = 70);
ALTER TABLE "operation_run_steps" SET (fillfactor = 80);
