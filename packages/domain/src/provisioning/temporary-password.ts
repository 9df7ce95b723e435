import { randomInt } from 'node:crypto';

/** Hours from its making to its end, used or not. */
export const TEMPORARY_PASSWORD_HOURS = 72;

// Without characters that look alike in a mail: 0 O, 1 l I.
const LETTERS = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 20;

/** A temporary password of 20 characters, about 116 random bits, in groups of five that can be read out. */
export function createTemporaryPassword(): string {
  const characters = Array.from({ length: LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length)));
  return [0, 5, 10, 15].map((start) => characters.slice(start, start + 5).join('')).join('-');
}
