// Where a call does what something else does too, or bears another name than what is done.
const DEEDS: Readonly<Record<string, string>> = {
  'tenants.bulk': 'tenants.create',
  'tenants.replace': 'tenants.update',
  'tenants.putConfiguration': 'tenants.configure',
  'operationRuns.cancel': 'operations.cancel',
  'operationRuns.update': 'operations.update',
  'operationRuns.resume': 'operations.resume',
  'operationRuns.rollBack': 'operations.rollBack',
};

/** As audit events name a call of the partner plane: the same where it was done and where it was denied. */
export const toPartnerAction = (name: string): string => DEEDS[name] ?? name;
