import * as contract from '@gangway/contract/provisioning/analytics';
import { getAnalytics } from '@gangway/domain/provisioning/get-analytics';
import { defineRoute } from '../route.js';
import * as examples from './examples.js';

export const analyticsRoutes = [
  defineRoute({
    ...{
      name: 'analytics.get',
      method: 'get',
      path: '/provisioning/analytics',
      permission: 'analytics:read',
      status: 200,
    },
    summary: 'How creations went: counts, durations, reasons of failure',
    input: contract.analyticsQuery,
    output: contract.analytics,
    exampleAnswer: examples.analytics,
    run: getAnalytics,
  }),
];
