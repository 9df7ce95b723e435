import * as contract from '@gangway/contract/provisioning/api-keys';
import { pageQuery } from '@gangway/contract/provisioning/shared';
import { uuid } from '@gangway/contract/text';
import { revokeApiKey, rotateApiKey, updateApiKey } from '@gangway/domain/api-keys/change-api-key';
import { createApiKey } from '@gangway/domain/api-keys/create-api-key';
import { getApiKey, listApiKeys } from '@gangway/domain/api-keys/list-api-keys';
import { z } from 'zod';
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';
import { once } from './once.js';

const key = { kind: 'apiKey', field: 'id' } as const;
const keyRef = z.strictObject({ id: uuid });
const oneKey = partnerProcedure('api-key:manage', key);

export const apiKeysRouter = t.router({
  create: partnerProcedure('api-key:manage')
    .input(contract.newApiKey)
    .output(contract.createdApiKey)
    .mutation(once(createApiKey)),
  list: partnerProcedure('api-key:manage')
    .input(pageQuery)
    .output(contract.apiKeyList)
    .query(({ ctx, input }) => listApiKeys(ctx.scope, input)),
  get: oneKey
    .input(keyRef)
    .output(contract.apiKey)
    .query(({ ctx, input }) => getApiKey(ctx.scope, input)),
  update: oneKey
    .input(contract.apiKeyPatch.extend(keyRef.shape))
    .output(contract.apiKey)
    .mutation(({ ctx, input }) => updateApiKey(ctx.scope, input)),
  revoke: oneKey.input(keyRef).mutation(({ ctx, input }) => revokeApiKey(ctx.scope, input)),
  rotate: oneKey
    .input(contract.rotateApiKey.extend(keyRef.shape))
    .output(contract.createdApiKey)
    .mutation(once(rotateApiKey)),
});
