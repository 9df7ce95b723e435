-- Reads every account beside the work on them.
ALTER TABLE "users" VALIDATE CONSTRAINT "users_tenant_fkey";
