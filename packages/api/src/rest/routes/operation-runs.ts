import * as contract from '@gangway/contract/provisioning/operation-runs';
import { getProvisioningRun } from '@gangway/domain/provisioning/get-provisioning-run';
import { listProvisioningRuns } from '@gangway/domain/provisioning/list-provisioning-runs';
import {
  cancelProvisioningRun,
  resumeProvisioningRun,
  rollBackProvisioningRun,
  updateProvisioningRun,
} from '@gangway/domain/provisioning/steer-run';
import { z } from 'zod';
import { defineRoute } from '../route.js';
import * as examples from './examples.js';

const one = '/provisioning/operation-runs/{id}';
const names = { kind: 'operationRun', field: 'operation_run_id' } as const;
const nothing = z.strictObject({});

export const operationRunRoutes = [
  defineRoute({
    ...{
      name: 'operationRuns.list',
      method: 'get',
      path: '/provisioning/operation-runs',
      permission: 'tenant:read',
      status: 200,
    },
    summary: 'List operation runs, newest first',
    description: 'Without their steps and results: get a run for those.',
    input: contract.operationRunQuery,
    output: contract.operationRunList,
    exampleAnswer: examples.operationRunList,
    run: listProvisioningRuns,
  }),
  defineRoute({
    ...{ name: 'operationRuns.get', method: 'get', path: one, permission: 'tenant:read', status: 200, names },
    summary: 'Get an operation run',
    description:
      'The first answer with `status: succeeded` that goes to the credential which started a creation carries `result.temporary_password`; after that it is null.',
    input: nothing,
    output: contract.operationRun,
    exampleAnswer: examples.operationRun,
    run: (scope, input, { isHead }) => getProvisioningRun(scope, input, { isTold: !isHead }),
  }),
  defineRoute({
    ...{
      name: 'operationRuns.cancel',
      method: 'post',
      path: `${one}/cancel`,
      permission: 'tenant:update',
      status: 202,
      names,
    },
    summary: 'Cancel a run: what it created is removed',
    conflicts: ['run.finished', 'run.not_cancellable'],
    example: { reason: 'Signed by mistake' },
    input: contract.cancelRun,
    output: contract.runStarted,
    exampleAnswer: examples.runStarted,
    run: (scope, input, { subjectId }) => cancelProvisioningRun(scope, input, subjectId),
  }),
  defineRoute({
    ...{
      name: 'operationRuns.update',
      method: 'post',
      path: `${one}/update`,
      permission: 'tenant:update',
      status: 202,
      names,
    },
    summary: 'Change a parameter that the run has not used yet',
    conflicts: ['run.finished', 'run.update_too_late'],
    example: { field: 'contract_line', value: 'enterprise' },
    input: contract.updateRun,
    output: contract.runStarted,
    exampleAnswer: examples.runStarted,
    run: (scope, input, { subjectId }) => updateProvisioningRun(scope, input, subjectId),
  }),
  defineRoute({
    ...{
      name: 'operationRuns.resume',
      method: 'post',
      path: `${one}/resume`,
      permission: 'tenant:update',
      status: 202,
      names,
    },
    summary: 'Go on with a parked run from the step that failed',
    conflicts: ['run.not_retryable'],
    input: nothing,
    output: contract.runStarted,
    exampleAnswer: examples.runStarted,
    run: (scope, input, { subjectId }) => resumeProvisioningRun(scope, input, subjectId),
  }),
  defineRoute({
    ...{
      name: 'operationRuns.rollBack',
      method: 'post',
      path: `${one}/roll-back`,
      permission: 'tenant:delete',
      status: 202,
      names,
    },
    summary: 'Roll a parked run back, or list what that would delete',
    conflicts: ['run.not_retryable'],
    example: { dry_run: true },
    input: contract.rollBackRun,
    output: contract.rollBack,
    exampleAnswer: examples.rollBack,
    run: (scope, input, { subjectId }) => rollBackProvisioningRun(scope, input, subjectId),
  }),
];
