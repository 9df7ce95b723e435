import type { Capability } from '@gangway/contract/capabilities';
import {
  BOOTSTRAP_PERMISSION,
  REQUIRED_PERMISSIONS,
  type GraphPermission,
} from '@gangway/contract/graph-permissions';
import { isBootstrapType, type BootstrapType, type OperationType } from '@gangway/contract/operation-types';

interface Facts {
  readonly title: string;
  readonly description: string;
  /** What it reads, in plain words. */
  readonly reads: string;
  readonly licence?: string;
}

/** How the registry describes itself to people. */
export const OPERATION_FACTS: Record<Exclude<OperationType, 'tenant.create' | 'tenant.delete'>, Facts> = {
  'provider.connection.check': {
    title: 'Verification of a connection',
    description: 'Nine checks that prove the connection works.',
    reads: 'Organization, application, permissions',
  },
  'inventory.organization': {
    title: 'Organization',
    description: 'Name and verified domains of the tenant.',
    reads: 'The organization record',
  },
  'inventory.domains': {
    title: 'Domains',
    description: 'All domains, and whether each is verified.',
    reads: 'The list of domains',
  },
  'inventory.licenses': {
    title: 'Licences',
    description: 'Which licences exist and how many are used.',
    reads: 'Subscribed licences',
  },
  'inventory.users': {
    title: 'Users',
    description: 'Counts members, guests and disabled accounts.',
    reads: 'All user accounts, without passwords',
  },
  'inventory.directory_roles': {
    title: 'Administrators',
    description: 'Who the global administrators are.',
    reads: 'Directory roles and their members',
  },
  'posture.conditional_access': {
    title: 'Conditional Access',
    description: 'Which policies exist and which are enforced.',
    reads: 'Conditional Access policies',
  },
  'posture.security_defaults': {
    title: 'Security defaults',
    description: 'Whether security defaults are enforced.',
    reads: 'The security defaults policy',
  },
  'intune.compliance_policies': {
    title: 'Compliance policies',
    description: 'Compliance policies of Intune.',
    reads: 'Intune compliance policies',
    licence: 'Microsoft Intune',
  },
  'intune.device_configurations': {
    title: 'Device configurations',
    description: 'Device configuration profiles of Intune.',
    reads: 'Intune device configurations',
    licence: 'Microsoft Intune',
  },
};

/** What a member needs to start an operation. */
export function capabilityToStart(type: OperationType): Capability {
  if (type === 'provider.connection.check') return 'onboarding:run';
  return isBootstrapType(type) ? 'onboarding:run' : 'workspace:manage';
}

/** The application permissions of Microsoft Graph an operation needs. */
export function permissionsFor(type: OperationType): readonly GraphPermission[] {
  if (type === 'provider.connection.check') return REQUIRED_PERMISSIONS;
  return isBootstrapType(type) ? [BOOTSTRAP_PERMISSION[type satisfies BootstrapType]] : [];
}
