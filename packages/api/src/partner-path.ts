const PREFIX = 'provisioning.';

/** Whether a procedure is of the partner plane. */
export const isPartnerPath = (path: string): boolean => path.startsWith(PREFIX);

/** What a procedure of the partner plane is called there, such as `tenants.create`: its REST route has the same name. */
export const nameInPlane = (path: string): string => (isPartnerPath(path) ? path.slice(PREFIX.length) : path);
