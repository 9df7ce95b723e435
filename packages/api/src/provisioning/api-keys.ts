import * as contract from '@gangway/contract/provisioning/api-keys';
import { pageQuery } from '@gangway/contract/provisioning/shared';
import { uuid } from '@gangway/contract/text';
import { revokeApiKey, rotateApiKey, updateApiKey } from '@gangway/domain/api-keys/change-api-key';
import { createApiKey } from '@gangway/domain/api-keys/create-api-key';
import { getApiKey, listApiKeys } from '@gangway/domain/api-keys/list-api-keys';
import { z } from 'zod';
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';
import { idempotent } from './idempotent.js';

const key = { kind: 'apiKey', field: 'id' } as const;
const keyRef = z.strictObject({ id: uuid });
const oneKey = partnerProcedure('api-key:manage', key);

export const apiKeysRouter = t.router({
  /**
   * Create an API key. The key is shown in this answer only. It can hold no more than the credential
   * that creates it.
   */
  create: partnerProcedure('api-key:manage')
    .input(contract.newApiKey)
    .output(contract.createdApiKey)
    .mutation(idempotent(createApiKey)),
  /** List API keys, newest first. */
  list: partnerProcedure('api-key:manage')
    .input(pageQuery)
    .output(contract.apiKeyList)
    .query(({ ctx, input }) => listApiKeys(ctx.scope, input)),
  /** Get an API key. */
  get: oneKey
    .input(keyRef)
    .output(contract.apiKey)
    .query(({ ctx, input }) => getApiKey(ctx.scope, input)),
  /** Rename an API key. It can hold no more than the credential that renames it. */
  update: oneKey
    .input(contract.apiKeyPatch.extend(keyRef.shape))
    .output(contract.apiKey)
    .mutation(({ ctx, input }) => updateApiKey(ctx.scope, input)),
  /** Revoke an API key at once. Also one that holds more than the credential that revokes it. */
  revoke: oneKey.input(keyRef).mutation(({ ctx, input }) => revokeApiKey(ctx.scope, input)),
  /**
   * Replace an API key; the old one works on for the overlap. The new key is shown in this answer only.
   * It can hold no more than the credential that rotates it. A key is replaced once: rotate the new one
   * from then on.
   */
  rotate: oneKey
    .input(contract.rotateApiKey.extend(keyRef.shape))
    .output(contract.createdApiKey)
    .mutation(idempotent(rotateApiKey)),
});
