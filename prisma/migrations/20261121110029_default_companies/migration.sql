-- A tenant's only company is its default one. It became so when the tenant's data was set up, and now does when the company
-- is made: a creation that was taken over in between was left without. Written for those that were, and those under way.
UPDATE "tenant_companies" t SET "is_default" = true, "updated_at" = now()
 WHERE NOT "is_default"
   AND NOT EXISTS (SELECT FROM "tenant_companies" o WHERE o."tenant" = t."tenant" AND o."company_id" <> t."company_id");
