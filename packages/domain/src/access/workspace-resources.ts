/** Keys of an input that name something in the workspace; authorization checks them before the rest of the input. */
export const RESOURCE_KEYS = [
  'managedTenantId',
  'onboardingSessionId',
  'providerConnectionId',
  'operationRunId',
] as const;
export type ResourceKey = (typeof RESOURCE_KEYS)[number];
export type NamedResources = Partial<Record<ResourceKey, string>>;

/** The table that a key names a row of, each with `id` and `workspace_id`. */
export const RESOURCE_TABLES: Readonly<Record<ResourceKey, string>> = {
  managedTenantId: 'managed_tenants',
  onboardingSessionId: 'onboarding_sessions',
  providerConnectionId: 'provider_connections',
  operationRunId: 'operation_runs',
};
