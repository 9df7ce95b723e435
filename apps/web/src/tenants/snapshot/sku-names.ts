/**
 * What Microsoft sells under the part numbers that are met most, from "Product names and service plan identifiers for
 * licensing" (learn.microsoft.com/entra/identity/users/licensing-service-plan-reference).
 */
const NAMES: Readonly<Record<string, string>> = {
  AAD_PREMIUM: 'Microsoft Entra ID P1',
  AAD_PREMIUM_P2: 'Microsoft Entra ID P2',
  ATP_ENTERPRISE: 'Defender for Office 365 (Plan 1)',
  DESKLESSPACK: 'Office 365 F3',
  DEVELOPERPACK_E5: 'Microsoft 365 E5 Developer',
  EMS: 'Enterprise Mobility + Security E3',
  EMSPREMIUM: 'Enterprise Mobility + Security E5',
  ENTERPRISEPACK: 'Office 365 E3',
  ENTERPRISEPREMIUM: 'Office 365 E5',
  EXCHANGEDESKLESS: 'Exchange Online Kiosk',
  EXCHANGEENTERPRISE: 'Exchange Online (Plan 2)',
  EXCHANGESTANDARD: 'Exchange Online (Plan 1)',
  FLOW_FREE: 'Power Automate Free',
  IDENTITY_THREAT_PROTECTION: 'Microsoft 365 E5 Security',
  INTUNE_A: 'Intune',
  M365EDU_A3_FACULTY: 'Microsoft 365 A3 for faculty',
  M365EDU_A5_FACULTY: 'Microsoft 365 A5 for faculty',
  MCOEV: 'Teams Phone Standard',
  MCOMEETADV: 'Microsoft 365 Audio Conferencing',
  MEETING_ROOM: 'Teams Rooms Standard',
  Microsoft_365_Copilot: 'Copilot for Microsoft 365',
  O365_BUSINESS: 'Microsoft 365 Apps for business',
  O365_BUSINESS_ESSENTIALS: 'Microsoft 365 Business Basic',
  O365_BUSINESS_PREMIUM: 'Microsoft 365 Business Standard',
  OFFICESUBSCRIPTION: 'Microsoft 365 Apps for enterprise',
  POWER_BI_PRO: 'Power BI Pro',
  POWER_BI_STANDARD: 'Power BI (free)',
  POWERAPPS_VIRAL: 'Power Apps Plan 2 Trial',
  PROJECTPREMIUM: 'Project Plan 5',
  PROJECTPROFESSIONAL: 'Project Plan 3',
  RIGHTSMANAGEMENT_ADHOC: 'Rights Management Adhoc',
  SHAREPOINTENTERPRISE: 'SharePoint (Plan 2)',
  SHAREPOINTSTANDARD: 'SharePoint (Plan 1)',
  SPB: 'Microsoft 365 Business Premium',
  SPE_E3: 'Microsoft 365 E3',
  SPE_E5: 'Microsoft 365 E5',
  SPE_F1: 'Microsoft 365 F3',
  STANDARDPACK: 'Office 365 E1',
  STREAM: 'Microsoft Stream',
  TEAMS_EXPLORATORY: 'Teams Exploratory',
  THREAT_INTELLIGENCE: 'Defender for Office 365 (Plan 2)',
  VISIOCLIENT: 'Visio Plan 2',
  VISIOONLINE_PLAN1: 'Visio Plan 1',
  WIN_DEF_ATP: 'Defender for Endpoint',
  WINDOWS_STORE: 'Windows Store for Business',
};

/** What a licence is called; what is not known here, by its part number. */
export function toSkuName(skuPartNumber: string): string {
  return NAMES[skuPartNumber] ?? skuPartNumber;
}
