-- The tenant that an event shows as it was, to find its name and address again when the tenant is deleted.
CREATE INDEX CONCURRENTLY "webhook_deliveries_tenant_idx" ON "webhook_deliveries" (("payload" -> 'data' ->> 'tenant')) WHERE (event = 'tenant.updated');
