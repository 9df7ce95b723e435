import type { Domain, Organization } from '@microsoft/microsoft-graph-types';
import type { Directory } from '../directories.js';
import { many, type Read } from './resource.js';

function domainsOf({ domain }: Directory): Domain[] {
  const base: Domain = {
    authenticationType: 'Managed',
    isAdminManaged: true,
    isVerified: true,
    isDefault: false,
    isInitial: false,
  };
  return [
    { ...base, id: domain, isDefault: true },
    { ...base, id: `contoso.${domain}`, isInitial: true },
    { ...base, id: `shop.${domain}`, isVerified: false },
  ];
}

export const readDomains: Read = ({ directory }) => many(domainsOf(directory));

export const readOrganizations: Read = ({ directory }) => {
  const verifiedDomains = domainsOf(directory).flatMap(({ id, isVerified, isDefault, isInitial }) =>
    isVerified ? [{ name: id, isDefault, isInitial, type: 'Managed' }] : [],
  );
  const organization: Organization = {
    id: directory.entraTenantId,
    displayName: directory.displayName,
    tenantType: 'AAD',
    verifiedDomains: verifiedDomains as NonNullable<Organization['verifiedDomains']>,
  };
  return many([organization]);
};
