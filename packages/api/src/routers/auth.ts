import * as auth from '@gangway/contract/auth';
import { changePassword } from '@gangway/domain/auth/change-password';
import { getMe } from '@gangway/domain/auth/get-me';
import { listBrowserSessions } from '@gangway/domain/auth/list-browser-sessions';
import { lookAtLink } from '@gangway/domain/auth/look-at-link';
import { requestPasswordReset } from '@gangway/domain/auth/request-password-reset';
import { revokeBrowserSession } from '@gangway/domain/auth/revoke-browser-session';
import { rotateBrowserSession } from '@gangway/domain/auth/rotate-browser-session';
import { setPassword } from '@gangway/domain/auth/set-password';
import { signIn } from '@gangway/domain/auth/sign-in';
import { signOut } from '@gangway/domain/auth/sign-out';
import { freshUserProcedure, publicProcedure, userProcedure } from '../procedures.js';
import { t } from '../trpc.js';

export const authRouter = t.router({
  signIn: publicProcedure
    .input(auth.signIn.in)
    .output(auth.signIn.out)
    .mutation(async ({ ctx, input }) => {
      const { me, session } = await signIn(ctx, input, ctx.userAgent);
      ctx.setSessionCookie(session);
      return me;
    }),
  signOut: freshUserProcedure
    .input(auth.signOut.in)
    .output(auth.signOut.out)
    .mutation(async ({ ctx }) => {
      await signOut(ctx.scope);
      ctx.setSessionCookie(null);
      return {};
    }),
  me: freshUserProcedure
    .input(auth.getMe.in)
    .output(auth.getMe.out)
    .query(async ({ ctx }) => {
      const rotated = ctx.cookie && (await rotateBrowserSession(ctx.scope, ctx.cookie));
      if (rotated) ctx.setSessionCookie(rotated);
      return getMe(ctx.scope);
    }),
  changePassword: freshUserProcedure
    .input(auth.changePassword.in)
    .output(auth.changePassword.out)
    .mutation(({ ctx, input }) => changePassword(ctx.scope, input)),
  requestPasswordReset: publicProcedure
    .input(auth.requestPasswordReset.in)
    .output(auth.requestPasswordReset.out)
    .mutation(({ ctx, input }) => requestPasswordReset(ctx, input)),
  // It writes nothing, but a token in an address would stand in logs on the way.
  lookAtLink: publicProcedure
    .input(auth.lookAtLink.in)
    .output(auth.lookAtLink.out)
    .mutation(({ ctx, input }) => lookAtLink(ctx, input)),
  setPassword: publicProcedure
    .input(auth.setPassword.in)
    .output(auth.setPassword.out)
    .mutation(({ ctx, input }) => setPassword(ctx, input)),
  sessions: userProcedure
    .input(auth.sessions.in)
    .output(auth.sessions.out)
    .query(({ ctx, input }) => listBrowserSessions(ctx.scope, input)),
  revokeSession: userProcedure
    .input(auth.revokeSession.in)
    .output(auth.revokeSession.out)
    .mutation(({ ctx, input }) => revokeBrowserSession(ctx.scope, input)),
});
