-- AlterTable
ALTER TABLE "mail_messages" ADD COLUMN     "template" JSONB;

-- CreateTable
CREATE TABLE "mail_templates" (
    "partner_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_templates_pkey" PRIMARY KEY ("partner_id","key")
);

-- AddForeignKey
ALTER TABLE "mail_templates" ADD CONSTRAINT "mail_templates_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partners"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who held every permission of a partner's admin holds the two new ones.
UPDATE "partner_clients" SET "permissions" = "permissions" || ARRAY['mail-template:manage', 'audit:read']
 WHERE 'partner-admin' = ANY ("roles")
   AND "permissions" @> ARRAY['tenant:create', 'tenant:read', 'tenant:update', 'tenant:delete', 'webhook:manage', 'api-key:manage', 'analytics:read']
   AND NOT "permissions" && ARRAY['mail-template:manage', 'audit:read'];
UPDATE "api_keys" SET "permissions" = "permissions" || ARRAY['mail-template:manage', 'audit:read']
 WHERE 'partner-admin' = ANY ("roles")
   AND "permissions" @> ARRAY['tenant:create', 'tenant:read', 'tenant:update', 'tenant:delete', 'webhook:manage', 'api-key:manage', 'analytics:read']
   AND NOT "permissions" && ARRAY['mail-template:manage', 'audit:read'];
