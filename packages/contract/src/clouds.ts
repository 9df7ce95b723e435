/** Microsoft's national clouds, and this server's own emulator. Hosts: Microsoft Learn, "National clouds". */
export const CLOUDS = ['global', 'usgov', 'dod', 'china', 'sandbox'] as const;
export type Cloud = (typeof CLOUDS)[number];

export const CLOUD_NAMES: Record<Cloud, string> = {
  global: 'Microsoft global (and GCC)',
  usgov: 'US Government (GCC High)',
  dod: 'US Department of Defense',
  china: 'China (21Vianet)',
  sandbox: 'Sandbox',
};
