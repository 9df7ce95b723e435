/**
 * Microsoft's clouds, and this server's own emulator. `bleu`, `delos` and `govsg` are the sovereign clouds that the
 * SDKs have known since January 2026; their hosts stand in the provider's table.
 */
export const CLOUDS = ['global', 'usgov', 'dod', 'china', 'bleu', 'delos', 'govsg', 'sandbox'] as const;
export type Cloud = (typeof CLOUDS)[number];

export const CLOUD_NAMES: Record<Cloud, string> = {
  global: 'Microsoft global (and GCC)',
  usgov: 'US Government (GCC High)',
  dod: 'US Department of Defense',
  china: 'China (21Vianet)',
  bleu: 'France (Bleu)',
  delos: 'Germany (Delos)',
  govsg: 'Singapore Government (GovSG)',
  sandbox: 'Sandbox',
};

/** The audience that a federated credential has to name, by cloud. */
export const FEDERATED_AUDIENCES: Record<Cloud, string> = {
  global: 'api://AzureADTokenExchange',
  usgov: 'api://AzureADTokenExchangeUSGov',
  dod: 'api://AzureADTokenExchangeUSGov',
  china: 'api://AzureADTokenExchangeChina',
  bleu: 'api://AzureADTokenExchangeFrance',
  delos: 'api://AzureADTokenExchangeGermany',
  govsg: 'api://AzureADTokenExchangeGovSG',
  sandbox: 'api://AzureADTokenExchange',
};
