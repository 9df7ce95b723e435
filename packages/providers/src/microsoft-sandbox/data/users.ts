import type { User } from '@microsoft/microsoft-graph-types';
import { type Directory, idIn } from '../directories.js';
import type { Read } from './resource.js';

export const USER_COUNT = 1_234;

/** User `number`, counted from 1: every tenth is a guest, every seventeenth disabled. The first two administrate. */
export function userOf(directory: Directory, number: number): User {
  const label = `user${String(number).padStart(4, '0')}`;
  const userPrincipalName = `${label}@${directory.domain}`;
  return {
    id: idIn(directory, label),
    displayName: `User ${label.slice(4)}`,
    userPrincipalName,
    mail: userPrincipalName,
    userType: number % 10 === 0 ? 'Guest' : 'Member',
    accountEnabled: number % 17 !== 0,
  };
}

export const readUsers: Read = ({ directory }) => ({
  kind: 'many',
  count: USER_COUNT,
  rowAt: (index) => ({ ...userOf(directory, index + 1) }),
  hasBlankPage: true,
});
