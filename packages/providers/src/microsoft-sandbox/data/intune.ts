import { type Directory, idIn } from '../directories.js';
import { many, type Read } from './resource.js';

const policy = (directory: Directory, type: string, displayName: string) => ({
  '@odata.type': `#microsoft.graph.${type}`,
  id: idIn(directory, `${type} ${displayName}`),
  displayName,
});

export const readCompliancePolicies: Read = ({ directory }) =>
  many([
    policy(directory, 'windows10CompliancePolicy', 'Windows: encrypted and up to date'),
    policy(directory, 'iosCompliancePolicy', 'iOS: not jailbroken'),
    policy(directory, 'androidCompliancePolicy', 'Android: not rooted'),
  ]);

export const readDeviceConfigurations: Read = ({ directory }) =>
  many([
    policy(directory, 'windows10GeneralConfiguration', 'Windows: base settings'),
    policy(directory, 'macOSGeneralDeviceConfiguration', 'macOS: base settings'),
  ]);
