-- AlterTable
ALTER TABLE "provider_connections" ADD COLUMN     "consented_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "consent_requests" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "onboarding_session_id" UUID NOT NULL,
    "provider_connection_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "expected_entra_tenant_id" UUID NOT NULL,
    "link_hash" BYTEA,
    "state_hash" BYTEA,
    "created_by" UUID NOT NULL,
    "created_by_label" TEXT NOT NULL,
    "browser_session_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "followed_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "returned_at" TIMESTAMPTZ(3),
    "reason_code" TEXT,
    "operation_run_id" UUID,

    CONSTRAINT "consent_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "consent_requests_link_hash_key" ON "consent_requests"("link_hash");

-- CreateIndex
CREATE UNIQUE INDEX "consent_requests_state_hash_key" ON "consent_requests"("state_hash");

-- CreateIndex
CREATE INDEX "consent_requests_workspace_id_onboarding_session_id_id_idx" ON "consent_requests"("workspace_id", "onboarding_session_id", "id");

-- CreateIndex
CREATE INDEX "consent_requests_workspace_id_provider_connection_id_idx" ON "consent_requests"("workspace_id", "provider_connection_id");

-- AddForeignKey
ALTER TABLE "consent_requests" ADD CONSTRAINT "consent_requests_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_requests" ADD CONSTRAINT "consent_requests_onboarding_session_id_fkey" FOREIGN KEY ("onboarding_session_id") REFERENCES "onboarding_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_requests" ADD CONSTRAINT "consent_requests_workspace_id_provider_connection_id_fkey" FOREIGN KEY ("workspace_id", "provider_connection_id") REFERENCES "provider_connections"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma cannot say.
ALTER TABLE "consent_requests" ADD CONSTRAINT "consent_requests_kind_check" CHECK ("kind" IN ('direct', 'hand_off'));
