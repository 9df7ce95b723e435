-- An account belongs to nobody; memberships belong to workspaces. The tenant through which an account was made is a note
-- from now on: when that tenant is deleted the note is erased and the account stays, as long as it has another membership.
ALTER TABLE "users" DROP CONSTRAINT "users_tenant_fkey";
ALTER TABLE "users" ALTER COLUMN "tenant" DROP NOT NULL;
-- Validated by the next migration: to read every account here would hold up everybody who signs in.
ALTER TABLE "users" ADD CONSTRAINT "users_tenant_fkey" FOREIGN KEY ("tenant") REFERENCES "tenants"("tenant") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;

-- A deletion that is under way has disabled everyone whose account was made through its tenant. Who works elsewhere too
-- keeps the account.
UPDATE "users" u SET "disabled_at" = NULL, "updated_at" = now()
  FROM "tenants" t
 WHERE u."disabled_at" IS NOT NULL AND t."tenant" = u."tenant" AND t."status" = 'deleting'
   AND EXISTS (SELECT FROM "memberships" m JOIN "workspaces" w ON w."id" = m."workspace_id"
                WHERE m."user_id" = u."user_id" AND w."tenant" <> u."tenant");
