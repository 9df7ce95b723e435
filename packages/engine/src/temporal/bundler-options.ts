import type { WorkerOptions } from '@temporalio/worker';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Built, like all that Temporal bundles. A bundle that is made beforehand needs it as `workflowInterceptorModules`. */
export const WORKFLOW_INTERCEPTORS = require.resolve('@gangway/engine/temporal/ignore-unreadable');

/** node_modules of whatever installed `@temporalio/workflow` for this package. */
const MODULES = path.resolve(require.resolve('@temporalio/workflow/package.json'), '../../..');

/**
 * Temporal's bundler puts an entry beside the workflow file that imports `@temporalio/workflow`; with strict linking the
 * package of that file does not see it, so it is looked for here as well.
 */
export const bundlerOptions: NonNullable<WorkerOptions['bundlerOptions']> = {
  webpackConfigHook: (config) => ({
    ...config,
    resolve: { ...config.resolve, modules: [...(config.resolve?.modules ?? ['node_modules']), MODULES] },
  }),
};
