import type { PartnerRouters } from './provisioning-router.js';
import type { t } from './trpc.js';

/** The type of what a partner may call, for the typed client: nothing of the browser's plane is in it. */
export type PartnerRouter = ReturnType<typeof t.router<{ provisioning: PartnerRouters }>>;
