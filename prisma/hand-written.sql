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
-- The trigrams of a text, each hashed together with the owner of the row, so that an index of them leaves the rows of
-- others out. A text that is looked for takes every third of them, and its last: enough to find, and fewer to look up.
-- What it costs is what keeps the planner on the index, unless so many rows are expected that a page of them is read
-- sooner in order: of a trigram that is rare it only knows that it is none of the thousand that are common.
CREATE FUNCTION "search_grams"("owner" uuid, "content" text, "step" integer) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
DECLARE
  folded text := lower(content);
  seed bigint := uuid_hash_extended(owner, 0);
  final integer := length(folded) - 2;
  grams bigint[] := '{}';
BEGIN
  FOR i IN 1..final BY step LOOP
    grams := grams || hashtextextended(substr(folded, i, 3), seed);
  END LOOP;
  IF final > 0 AND (final - 1) % step > 0 THEN
    grams := grams || hashtextextended(substr(folded, final, 3), seed);
  END IF;
  RETURN grams;
END $$;
-- A tenant comes in when its creation has ended, once: until then it changes its status, and each change would enter it
-- anew. The list of what is not sorted in yet is kept short, because every search reads it.
CREATE INDEX "tenants_search_idx" ON "tenants" USING gin ("search_grams"("partner_id", "company_name" || ' ' || "email", 1))
  WITH (gin_pending_list_limit = 512) WHERE (status <> 'provisioning');
-- The address that an event tells, to find those of a person whose account ends.
CREATE INDEX "audit_events_email_idx" ON "audit_events" (("data" ->> 'email')) WHERE ("data" ->> 'email') IS NOT NULL;
-- The tenant that an event shows as it was, to find its name and address again when the tenant is deleted.
CREATE INDEX "webhook_deliveries_tenant_idx" ON "webhook_deliveries" (("payload" -> 'data' ->> 'tenant')) WHERE (event = 'tenant.updated');
-- A managed tenant is its Entra tenant id and its cloud; one of each id may be in a cloud that is not known yet.
CREATE UNIQUE INDEX "managed_tenants_cloud_key" ON "managed_tenants" ("workspace_id", "entra_tenant_id", coalesce("cloud", ''));
