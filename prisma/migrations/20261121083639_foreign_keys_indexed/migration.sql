-- DropIndex
DROP INDEX "invitations_open_idx";

-- CreateIndex
CREATE INDEX "invitations_workspace_id_id_idx" ON "invitations"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "consent_requests_onboarding_session_id_idx" ON "consent_requests"("onboarding_session_id");
