// Reads Microsoft Graph's permission table: `permissions` by name, each with `pathSets` of paths, methods and schemes. The
// value of a path says `least=` for which schemes the permission is the least privileged one.

/** Our reads, and as Microsoft's file spells their paths: in lower case, with `{id}` for every key. */
const READS = [
  '/organization',
  '/subscribedSkus',
  '/users',
  '/domains',
  '/directoryRoles',
  '/directoryRoles/{id}/members',
  '/applications',
  '/servicePrincipals/{id}/appRoleAssignments',
  '/oauth2PermissionGrants',
  '/identity/conditionalAccess/policies',
  '/policies/identitySecurityDefaultsEnforcementPolicy',
  '/deviceManagement/deviceConfigurations',
  '/deviceManagement/deviceCompliancePolicies',
];

/** Permissions that open a read, but return less than we select: `userType` and `accountEnabled` of the users. */
const TOO_LITTLE = { '/users': /^(User\.ReadBasic\.All|DeviceManagement)/ };

const normalised = (apiPath) => apiPath.toLowerCase().replaceAll(/\{[^}]*\}/g, '{id}');
const WANTED = new Map(READS.map((read) => [normalised(read), read]));

const isForApps = ({ schemeKeys, methods }) => schemeKeys.includes('Application') && methods.includes('GET');

/** What the file says about our reads, in its own format. */
export function cutPermissions({ permissions }) {
  const cut = Object.entries(permissions).flatMap(([name, { schemes, pathSets }]) => {
    const sets = pathSets.filter(isForApps).flatMap(({ schemeKeys, methods, paths }) => {
      const ours = Object.entries(paths).filter(([apiPath]) => WANTED.has(normalised(apiPath)));
      return ours.length > 0 ? [{ schemeKeys, methods, paths: Object.fromEntries(ours) }] : [];
    });
    return sets.length > 0 && schemes.Application
      ? [[name, { schemes: { Application: {} }, pathSets: sets }]]
      : [];
  });
  return { permissions: Object.fromEntries(cut) };
}

/** The ids of the application roles that are left. */
export function cutRoles({ applicationScopesList }, { permissions }) {
  const left = applicationScopesList.filter(({ value }) => Object.hasOwn(permissions, value));
  return { applicationScopesList: left.map(({ value, id }) => ({ value, id })) };
}

/** The table as the source of a module, not yet formatted. */
export function toTable({ permissions: { permissions }, roles, source }) {
  const enough = READS.map((read) => {
    const found = Object.entries(permissions).flatMap(([name, { pathSets }]) => {
      const values = pathSets
        .filter(isForApps)
        .flatMap(({ paths }) =>
          Object.entries(paths).flatMap(([apiPath, value]) =>
            WANTED.get(normalised(apiPath)) === read ? [value] : [],
          ),
        );
      // What also requires another permission is not enough by itself.
      const alone = values.filter((value) => !value.includes('AlsoRequires='));
      if (alone.length === 0 || TOO_LITTLE[read]?.test(name)) return [];
      return [{ name, isLeast: alone.some((value) => /least=[^;]*\bApplication\b/.test(value)) }];
    });
    const names = [...found.filter(({ isLeast }) => isLeast), ...found.filter(({ isLeast }) => !isLeast)];
    return [
      read,
      { least: found.filter(({ isLeast }) => isLeast).length, enough: names.map(({ name }) => name) },
    ];
  });
  const ids = roles.applicationScopesList.map(({ value, id }) => [value, id.toLowerCase()]).sort();
  return `// Written by scripts/graph-permissions.mjs: do not edit.

/** What it was made from: permissions/new/permissions.json of this repository, as it was then. */
export const PERMISSION_SOURCE = ${JSON.stringify(source)} as const;

/**
 * Which application permissions are enough for each read of ours, each by itself. The first \`least\` of them are those
 * that Microsoft marks as least privileged.
 */
export const ENOUGH_FOR = ${JSON.stringify(Object.fromEntries(enough))} as const;
export type GraphRead = keyof typeof ENOUGH_FOR;

/** Ids of application roles of Microsoft Graph, by name. */
export const ROLE_IDS = ${JSON.stringify(Object.fromEntries(ids))} as const;
`;
}
