/** The columns of a CSV file with one tenant per row. */
import { adminUser, newTenant } from './tenants.js';

export interface BulkColumn {
  /** As the template names it: the field of a new tenant, those of its admin user as `admin_user.first_name`. */
  readonly name: string;
  /** Where its values belong in the new tenant. */
  readonly path: readonly string[];
  /** What spreadsheets and CRMs call it; compared without case, blanks, `-` and `_`. */
  readonly synonyms: readonly string[];
  /** Whether a file needs this column; an inner field only if the file has another one of the same object. */
  readonly isRequired: boolean;
  /** In the template. */
  readonly example: string;
}

type Field = keyof typeof newTenant.shape;
type Words = readonly [example: string, ...synonyms: string[]];

const WORDS: Readonly<
  Record<Exclude<Field, 'admin_user'> | `admin_user.${keyof typeof adminUser.shape}`, Words>
> = {
  client_name: ['Example Corp', 'Name', 'Client', 'Customer', 'Customer name', 'Tenant', 'Tenant name'],
  email: ['admin@example.com', 'Mail', 'Email address', 'Mail address', 'Admin email', 'Contact email'],
  phone_number: ['+1234567890', 'Phone', 'Telephone', 'Telephone number', 'Tel', 'Mobile'],
  industry: ['Technology', 'Sector'],
  'admin_user.first_name': ['Ada', 'First name', 'Given name', 'Admin first name', 'Admin user first name'],
  'admin_user.last_name': [
    ...(['Admin', 'Last name', 'Surname', 'Family name', 'Admin last name'] as const),
    'Admin user last name',
  ],
  company_name: ['Example Holding', 'Company', 'Organization', 'Organisation', 'Organization name'],
  contract_line: ['basic', 'Contract', 'Plan'],
  credential_delivery: ['temporary_password', 'Delivery'],
  failure_policy: ['rollback', 'On failure'],
};

const isRequired = (schema: { safeParse: (value: undefined) => { success: boolean } }): boolean =>
  !schema.safeParse(undefined).success;

/** Every column there is, in the order of the template. */
export const BULK_COLUMNS: readonly BulkColumn[] = Object.entries(newTenant.shape).flatMap(
  ([field, schema]) =>
    field === 'admin_user'
      ? Object.entries(adminUser.shape).map(([inner, one]) => toColumn([field, inner], isRequired(one)))
      : [toColumn([field], isRequired(schema))],
);

function toColumn(path: readonly string[], required: boolean): BulkColumn {
  const name = path.join('.');
  const [example = '', ...synonyms] = Object.entries(WORDS).find(([one]) => one === name)?.[1] ?? [];
  return { name, path, synonyms, isRequired: required, example };
}

/**
 * A file to fill in: the names of all columns and one row as an example. It begins with a byte order mark: without one
 * spreadsheets read and save it in a charset of their own.
 */
export const BULK_TEMPLATE = `\ufeff${BULK_COLUMNS.map(({ name }) => name).join(',')}\r\n${BULK_COLUMNS.map(({ example }) => example).join(',')}\r\n`;
