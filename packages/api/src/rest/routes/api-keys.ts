import * as contract from '@gangway/contract/provisioning/api-keys';
import { pageQuery } from '@gangway/contract/provisioning/shared';
import { revokeApiKey, rotateApiKey, updateApiKey } from '@gangway/domain/api-keys/change-api-key';
import { createApiKey } from '@gangway/domain/api-keys/create-api-key';
import { getApiKey, listApiKeys } from '@gangway/domain/api-keys/list-api-keys';
import { z } from 'zod';
import { defineRoute } from '../route.js';
import * as examples from './examples.js';

const base = '/provisioning/api-keys';
const one = `${base}/{id}`;
const names = { kind: 'apiKey', field: 'id' } as const;
const permission = 'api-key:manage';
const nothing = z.strictObject({});
const location = ({ id }: { id: string }) => `/api${base}/${id}`;

export const apiKeyRoutes = [
  defineRoute({
    ...{ name: 'apiKeys.create', method: 'post', path: base, permission, status: 201, location },
    isSecretTold: true,
    conflicts: ['api_key.limit_reached'],
    summary: 'Create an API key',
    description:
      'The key is shown in this answer only. It can hold no more than the credential that creates it.',
    example: { name: 'CRM', roles: ['integration-user'], permissions: ['tenant:read'] },
    input: contract.newApiKey,
    output: contract.createdApiKey,
    exampleAnswer: examples.createdApiKey,
    run: (scope, input, { subjectId }) => createApiKey(scope, input, subjectId),
  }),
  defineRoute({
    ...{ name: 'apiKeys.list', method: 'get', path: base, permission, status: 200 },
    summary: 'List API keys, newest first',
    input: pageQuery,
    output: contract.apiKeyList,
    exampleAnswer: examples.apiKeyList,
    run: listApiKeys,
  }),
  defineRoute({
    ...{ name: 'apiKeys.get', method: 'get', path: one, permission, status: 200, names },
    summary: 'Get an API key',
    input: nothing,
    output: contract.apiKey,
    exampleAnswer: examples.apiKey,
    run: getApiKey,
  }),
  defineRoute({
    ...{ name: 'apiKeys.update', method: 'patch', path: one, permission, status: 200, names },
    summary: 'Rename an API key',
    description: 'It can hold no more than the credential that renames it.',
    example: { name: 'CRM, production' },
    input: contract.apiKeyPatch,
    output: contract.apiKey,
    exampleAnswer: examples.apiKey,
    run: updateApiKey,
  }),
  defineRoute({
    ...{ name: 'apiKeys.revoke', method: 'delete', path: one, permission, status: 204, names },
    summary: 'Revoke an API key at once',
    description: 'Also one that holds more than the credential that revokes it.',
    input: nothing,
    output: null,
    run: revokeApiKey,
  }),
  defineRoute({
    ...{
      name: 'apiKeys.rotate',
      method: 'post',
      path: `${one}/rotate`,
      permission,
      status: 201,
      names,
      location,
    },
    summary: 'Replace an API key; the old one works on for the overlap',
    description:
      'The new key is shown in this answer only. It can hold no more than the credential that rotates it. A key is replaced once: rotate the new one from then on.',
    isSecretTold: true,
    conflicts: ['api_key.expired', 'api_key.replaced'],
    example: { overlap_hours: 24 },
    input: contract.rotateApiKey,
    output: contract.createdApiKey,
    exampleAnswer: examples.createdApiKey,
    run: (scope, input, { subjectId }) => rotateApiKey(scope, input, subjectId),
  }),
];
