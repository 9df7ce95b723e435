-- A managed tenant is its Entra tenant id and its cloud (decision 035): one workspace may have one id in two clouds. Until
-- a cloud is known it is NULL, of which there is one too. PostgreSQL 14 has no NULLS NOT DISTINCT, hence the expression.
-- Made beside the work on the table, and what is there fits: the index that it replaces is stricter.
CREATE UNIQUE INDEX CONCURRENTLY "managed_tenants_cloud_key" ON "managed_tenants" ("workspace_id", "entra_tenant_id", coalesce("cloud", ''));
