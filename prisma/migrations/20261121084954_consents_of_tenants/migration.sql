-- AlterTable
ALTER TABLE "consent_requests" ALTER COLUMN "onboarding_session_id" DROP NOT NULL;
