-- The index that allowed an Entra tenant id once. It waits for open transactions and blocks nobody. A process of the version
-- before, which names this index to find a managed tenant, answers `onboarding.identifyTenant` with an error until it is
-- replaced; everything else that it does goes on.
DROP INDEX CONCURRENTLY "managed_tenants_workspace_id_entra_tenant_id_key";
