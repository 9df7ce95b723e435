import * as members from '@gangway/contract/members';
import { acceptInvitation } from '@gangway/domain/members/accept-invitation';
import { changeRole } from '@gangway/domain/members/change-role';
import { inviteMember } from '@gangway/domain/members/invite-member';
import { joinWorkspace } from '@gangway/domain/members/join-workspace';
import { listMembers } from '@gangway/domain/members/list-members';
import { lookAtInvitation } from '@gangway/domain/members/look-at-invitation';
import { removeMember } from '@gangway/domain/members/remove-member';
import { resendInvitation } from '@gangway/domain/members/resend-invitation';
import { revokeInvitation } from '@gangway/domain/members/revoke-invitation';
import { publicProcedure, userProcedure, workspaceProcedure } from '../procedures.js';
import { t } from '../trpc.js';

const manage = workspaceProcedure('member:manage');

export const membersRouter = t.router({
  list: workspaceProcedure('workspace:read')
    .input(members.list.in)
    .output(members.list.out)
    .query(({ ctx, input }) => listMembers(ctx.scope, input)),
  invite: manage
    .input(members.invite.in)
    .output(members.invite.out)
    .mutation(({ ctx, input }) => inviteMember(ctx.scope, input)),
  changeRole: manage
    .input(members.changeRole.in)
    .output(members.changeRole.out)
    .mutation(({ ctx, input }) => changeRole(ctx.scope, input)),
  remove: manage
    .input(members.remove.in)
    .output(members.remove.out)
    .mutation(({ ctx, input }) => removeMember(ctx.scope, input)),
});

export const invitationsRouter = t.router({
  accept: userProcedure
    .input(members.accept.in)
    .output(members.accept.out)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.scope, input)),
  // It writes nothing, but a token in an address would stand in logs on the way.
  look: publicProcedure
    .input(members.look.in)
    .output(members.look.out)
    .mutation(({ ctx, input }) => lookAtInvitation(ctx, input)),
  join: publicProcedure
    .input(members.join.in)
    .output(members.join.out)
    .mutation(async ({ ctx, input }) => {
      const { joined, session } = await joinWorkspace(ctx, input, ctx.userAgent);
      ctx.setSessionCookie(session);
      return joined;
    }),
  resend: manage
    .input(members.resend.in)
    .output(members.resend.out)
    .mutation(({ ctx, input }) => resendInvitation(ctx.scope, input)),
  revoke: manage
    .input(members.revoke.in)
    .output(members.revoke.out)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.scope, input)),
});
