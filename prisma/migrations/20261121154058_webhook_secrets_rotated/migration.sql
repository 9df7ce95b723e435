-- The secret of a webhook before its last rotation, and until when it signs too. Both may be null: no row is written anew.
ALTER TABLE "webhook_endpoints" ADD COLUMN     "previous_secret_ciphertext" TEXT,
ADD COLUMN     "previous_secret_expires_at" TIMESTAMPTZ(3);
-- By it the old secrets are found that have expired, to erase them. A partner has a few endpoints: it is made at once.
CREATE INDEX "webhook_endpoints_rotated_idx" ON "webhook_endpoints"("previous_secret_expires_at") WHERE (previous_secret_expires_at IS NOT NULL);
