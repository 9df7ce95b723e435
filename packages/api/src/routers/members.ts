import * as members from '@gangway/contract/members';
import { acceptInvitation } from '@gangway/domain/members/accept-invitation';
import { changeRole } from '@gangway/domain/members/change-role';
import { inviteMember } from '@gangway/domain/members/invite-member';
import { listMembers } from '@gangway/domain/members/list-members';
import { removeMember } from '@gangway/domain/members/remove-member';
import { userProcedure, workspaceProcedure } from '../procedures.js';
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
});
