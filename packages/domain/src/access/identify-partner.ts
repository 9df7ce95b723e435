import {
  PARTNER_ROLES,
  permissionsOf,
  type PartnerRole,
  type Permission,
} from '@gangway/contract/permissions';
import { isUuid } from '@gangway/contract/text';
import { isMailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import { isApiKeyText, matchesHash, prefixOf } from '../partner-auth/api-key-text.js';
import type { AppContext } from '../app-context.js';
import type { PartnerActor } from './scope.js';

/** What a request names in its address. */
export interface NamedResource {
  readonly kind: PartnerResource;
  readonly id: string;
}
export type PartnerResource =
  'tenant' | 'operationRun' | 'apiKey' | 'webhook' | 'webhookDelivery' | 'mailTemplate';

/** Who holds a partner credential, with the rights as they are now, and whether what the request names is theirs. */
export interface PartnerIdentity {
  readonly actor: PartnerActor;
  readonly partnerId: string;
  readonly permissions: readonly Permission[];
  /** When the token ends that was presented; null for an API key, whose row says. */
  readonly tokenEndsAt: Date | null;
  /** When the credential itself ends; null if it has no end. A trusted issuer's token is all there is of its credential. */
  readonly endsAt: Date | null;
  readonly ownsResource: boolean;
}

interface Credential {
  readonly id: string;
  readonly partner_id: string;
  readonly name: string;
  readonly roles: string[];
  readonly permissions: string[];
  /** Whether what the request names is the partner's; true where it names nothing. */
  readonly owns: boolean;
}

interface ApiKeyRow extends Credential {
  readonly key_hash: string;
  readonly expires_at: Date | null;
  readonly is_stale: boolean;
}

type Owns = (partner: string) => string;

// A tenant whose creation failed is still answered for, by its run.
const OWNS: Readonly<Record<Exclude<PartnerResource, 'mailTemplate'>, Owns>> = {
  tenant: (partner) => `
    EXISTS (SELECT FROM tenants r WHERE r.tenant = $2::uuid AND r.partner_id = ${partner})
    OR EXISTS (SELECT FROM operation_runs r WHERE r.partner_id = ${partner} AND r.subject_id = $2::uuid
                  AND r.type = 'tenant.create' AND r.status = 'failed')`,
  operationRun: (partner) =>
    `EXISTS (SELECT FROM operation_runs r WHERE r.id = $2::uuid AND r.partner_id = ${partner})`,
  apiKey: (partner) =>
    `EXISTS (SELECT FROM api_keys r WHERE r.id = $2::uuid AND r.partner_id = ${partner} AND r.revoked_at IS NULL)`,
  webhook: (partner) =>
    `EXISTS (SELECT FROM webhook_endpoints r WHERE r.id = $2::uuid AND r.partner_id = ${partner})`,
  webhookDelivery: (partner) => `
    EXISTS (SELECT FROM webhook_deliveries d JOIN webhook_endpoints r ON r.id = d.endpoint_id
             WHERE d.id = $2::uuid AND r.partner_id = ${partner})`,
};
const OWNS_ALL: Owns = () => 'true';

const CREDENTIALS = {
  api_key: (owns: Owns) => `
SELECT k.id, k.partner_id, k.name, k.key_hash, k.expires_at, k.roles, k.permissions, ${owns('k.partner_id')} AS owns,
       k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute' AS is_stale
  FROM api_keys k
 WHERE k.prefix = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`,
  partner_client: (owns: Owns) => `
SELECT c.client_id AS id, c.partner_id, c.client_id AS name, c.roles, c.permissions, ${owns('c.partner_id')} AS owns
  FROM partner_clients c WHERE c.client_id = $1 AND c.revoked_at IS NULL`,
  partner: (owns: Owns) => `
SELECT p.id, p.id AS partner_id, p.name, '{}'::text[] AS roles, '{}'::text[] AS permissions, ${owns('p.id')} AS owns
  FROM partners p WHERE p.id = $1::uuid`,
};

/**
 * Resolves `Authorization: Bearer <access token or API key>` and looks at what the request names: one indexed read,
 * prepared, because every call of the partner plane passes here. Null for every credential that is missing, malformed,
 * expired, revoked or unknown. What a token says about rights only narrows what its client holds today.
 */
export async function identifyPartner(
  app: AppContext,
  authorization: string | null,
  resource: NamedResource | null,
): Promise<PartnerIdentity | null> {
  const [, credential] = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '') ?? [];
  if (credential === undefined || credential.length > 8_192) return null;
  const named = resource?.kind === 'mailTemplate' ? undefined : resource?.kind;
  // A statement for each kind of resource: one for all would be planned anew for every request.
  const find = async <Row extends Credential>(kind: keyof typeof CREDENTIALS, key: string) => {
    const name = `open_${kind}_${named ?? ''}`;
    const text = CREDENTIALS[kind](named ? OWNS[named] : OWNS_ALL);
    const values = named ? [key, isUuid(resource?.id ?? '') ? resource?.id : null] : [key];
    const { rows } = await app.db.pool.query<Row>({ name, text, values });
    return rows[0];
  };
  const identity = isApiKeyText(credential)
    ? await identifyApiKey(app, credential, find)
    : await identifyToken(app, credential, find);
  // Mail templates are named by words, not ids, and every partner has all of them.
  const isUnknownMail = resource?.kind === 'mailTemplate' && !isMailTemplateKey(resource.id);
  return identity && { ...identity, ownsResource: identity.ownsResource && !isUnknownMail };
}

type Find = <Row extends Credential>(kind: keyof typeof CREDENTIALS, key: string) => Promise<Row | undefined>;

async function identifyApiKey(app: AppContext, key: string, find: Find): Promise<PartnerIdentity | null> {
  const row = await find<ApiKeyRow>('api_key', prefixOf(key));
  if (!row || !matchesHash(key, row.key_hash)) return null;
  if (row.is_stale)
    await app.db.prisma.$executeRaw`UPDATE api_keys SET last_used_at = now() WHERE id = ${row.id}::uuid`;
  return {
    actor: { kind: 'apiKey', id: row.id, label: row.name, partnerId: row.partner_id },
    partnerId: row.partner_id,
    permissions: effectivePermissions(row.roles, row.permissions),
    tokenEndsAt: null,
    endsAt: row.expires_at,
    ownsResource: row.owns,
  };
}

async function identifyToken(app: AppContext, token: string, find: Find): Promise<PartnerIdentity | null> {
  const subject = await app.partnerTokens.verify(token);
  if (subject === null) return null;
  if (subject.kind === 'external') {
    const partner = await find('partner', subject.partnerId);
    if (!partner) return null;
    const id = `${subject.issuer}#${subject.subject}`;
    return {
      actor: { kind: 'partner', id, label: subject.subject, partnerId: partner.id },
      partnerId: partner.id,
      permissions: subject.permissions,
      tokenEndsAt: subject.expiresAt,
      endsAt: subject.expiresAt,
      ownsResource: partner.owns,
    };
  }
  const client = await find('partner_client', subject.clientId);
  if (!client) return null;
  const claimed = effectivePermissions(subject.roles, subject.permissions);
  return {
    actor: { kind: 'partner', id: client.id, label: client.name, partnerId: client.partner_id },
    partnerId: client.partner_id,
    permissions: effectivePermissions(client.roles, client.permissions).filter((permission) =>
      claimed.includes(permission),
    ),
    tokenEndsAt: subject.expiresAt,
    endsAt: null,
    ownsResource: client.owns,
  };
}

/** What roles and permissions come to: a permission counts only where a role allows it. */
export function effectivePermissions(
  roles: readonly string[],
  permissions: readonly string[],
): readonly Permission[] {
  const known = roles.filter((role): role is PartnerRole =>
    (PARTNER_ROLES as readonly string[]).includes(role),
  );
  return permissionsOf(known).filter((permission) => permissions.includes(permission));
}
