-- AlterTable
ALTER TABLE "tenants" ADD COLUMN     "operation_run_id" UUID;

-- CreateIndex
CREATE INDEX "operation_runs_partner_subject_idx" ON "operation_runs"("partner_id", "subject_id") WHERE (partner_id IS NOT NULL);
