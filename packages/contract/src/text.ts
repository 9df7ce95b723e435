import { z } from 'zod';
import { trimPasted } from './pasted.js';
import { toDomainName } from './to-domain-name.js';
import { wordIssue } from './wording.js';

// In a browser zod would try `new Function`, which the content security policy forbids and reports.
z.config({ customError: wordIssue, jitless: 'document' in globalThis });

// Control characters, lone surrogates, line ends and whatever Unicode calls default-ignorable, among it everything
// bidirectional and of no width, and what stands where bytes were no UTF-8: nothing a name needs, and each has been used
// to make one name look like another or to break a header. NUL cannot be stored by PostgreSQL. The two selectors are how
// emoji are typed.
const FORBIDDEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufff9-\ufffd]|(?![\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}/u;
const hasNothingForbidden = (value: string): boolean => !FORBIDDEN.test(value);
const FORBIDDEN_MESSAGE = 'Must not contain control or invisible characters';

// Lower-casing maps letters such as the Kelvin sign into ASCII: they are refused before they could pass for another.
const isAscii = (value: string): boolean => /^[ -~]*$/.test(value);

/** One line of human text, trimmed and NFC-normalised; 1 to `max` characters. */
export const line = (max = 200) =>
  z
    .string()
    .max(max * 4, `Must have at most ${max} characters`)
    .transform((value) => trimPasted(value.normalize('NFC')))
    .pipe(
      z
        .string()
        .min(1, 'Must not be empty')
        .max(max, `Must have at most ${max} characters`)
        .refine(hasNothingForbidden, FORBIDDEN_MESSAGE),
    )
    .meta({ minLength: 1, maxLength: max });

/** Human text of several lines, NFC-normalised, its line ends `\n`; 1 to `max` characters. */
export const prose = (max: number) =>
  z
    .string()
    .max(max * 2, `Must have at most ${max} characters`)
    .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(1, 'Must not be empty')
        .max(max, `Must have at most ${max} characters`)
        .refine((value) => hasNothingForbidden(value.replace(/[\n\t]/g, ' ')), FORBIDDEN_MESSAGE),
    )
    .meta({ minLength: 1, maxLength: max });

/** Text to look something up by, such as a slug or a filter: as it is, at most `max` characters. */
export const term = (max: number) => z.string().max(max).refine(hasNothingForbidden, FORBIDDEN_MESSAGE);

// RFC 5322's dot-atom: what stands before the @ without quotes.
const LOCAL_PART = /^(?=.{1,64}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** In lower case, its domain in ASCII; null for what is none. */
function toEmail(text: string): string | null {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = toDomainName(text.slice(at + 1));
  // Looked at before it becomes lower case, which maps letters such as the Kelvin sign into ASCII.
  if (domain === null || !isAscii(local) || !LOCAL_PART.test(local.toLowerCase())) return null;
  const email = `${local.toLowerCase()}@${domain}`;
  return email.length > 254 ? null : email;
}

/**
 * An e-mail address, normalised to lower case. Every dot-atom is accepted before the @, and a domain in any script, which is
 * stored in ASCII; quoted local parts and letters other than ASCII before the @ are rejected.
 */
export const email = z
  .string()
  .max(1_000, 'Must have at most 254 characters')
  .transform((value, context) => {
    const found = toEmail(trimPasted(value));
    if (found !== null) return found;
    context.addIssue({ code: 'custom', message: 'Must be an e-mail address' });
    return z.NEVER;
  })
  .meta({ format: 'email', minLength: 3, maxLength: 254 });

/** A secret as typed: no trimming, 1 to `max` characters, nothing PostgreSQL or a header could choke on. */
export const secret = (max = 4096) =>
  z
    .string()
    .min(1, 'Must not be empty')
    .max(max, `Must have at most ${max} characters`)
    .refine((value) => !/\u0000|\p{Cs}/u.test(value), 'Must not contain NUL or broken characters');

/** A new password. bcrypt looks at 72 bytes only, so longer ones are refused instead of being cut. */
export const newPassword = secret(72)
  .refine((value) => value.length >= 12, 'Must have at least 12 characters')
  .refine((value) => new TextEncoder().encode(value).length <= 72, 'Must have at most 72 bytes');

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID, in any case. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** A UUID in any case, normalised to lower case. */
export const uuid = z
  .string()
  .regex(UUID, 'Must be a UUID')
  .transform((value) => value.toLowerCase());

const BRACED = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;

/** An id as people paste it, with blanks around it, in braces or without dashes; normalised as {@link uuid}. */
export const pastedUuid = z
  .string()
  .max(200)
  .transform((value) => {
    const text = trimPasted(value);
    return BRACED.exec(text)?.slice(1).join('-') ?? text;
  })
  .pipe(uuid)
  .meta({ format: 'uuid' });

/** A DNS name such as `contoso.onmicrosoft.com`, normalised as {@link toDomainName} says. */
export const domainName = z
  .string()
  .max(1_000)
  .transform((value, context) => {
    const found = toDomainName(trimPasted(value));
    if (found !== null) return found;
    context.addIssue({ code: 'custom', message: 'Must be a domain name' });
    return z.NEVER;
  });

/** ISO 8601 instant in UTC. PostgreSQL knows no year 0. */
export const instant = z.iso
  .datetime()
  .refine((value) => !value.startsWith('0000'), 'Must be in the year 1 or later');

const isStorable = (value: string): boolean => /^(?!0000)\d{4}-/.test(value);

/** An instant as clients write it, in any form of RFC 3339, normalised to {@link instant} with milliseconds. */
export const instantInput = z
  .string()
  .max(64, 'Must be a date and time')
  .transform((value) => value.toUpperCase())
  .pipe(z.iso.datetime({ offset: true }))
  .transform((value) => new Date(value).toISOString())
  .refine(isStorable, 'Must be between the years 1 and 9999')
  .meta({ format: 'date-time' });

/** The version of a row that was read, which a change names; PostgreSQL counts it in 32 bits. */
export const version = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** Input of every list, and the shape every list answers with. */
export const page = {
  cursor: term(500).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
};
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
