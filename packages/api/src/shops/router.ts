import { memberProcedure, ownerProcedure, recentOwnerProcedure, router } from '../trpc.ts'
import { changeRole, handOver, leaveShop, removeMember } from './change-roles.ts'
import { renameShop } from './rename-shop.ts'
import {
  changeRoleInput,
  handOverInput,
  leaveInput,
  memberInput,
  renameInput,
  shopDetailsInput,
  shopDetailsView,
} from './schema.ts'
import { getShopDetails, updateShopDetails } from './shop-details.ts'

export const shopsRouter = router({
  details: ownerProcedure
    .output(shopDetailsView)
    .query(({ ctx }) => getShopDetails(ctx.dependencies, ctx.viewer)),

  updateDetails: ownerProcedure
    .input(shopDetailsInput)
    .output(shopDetailsView)
    .mutation(({ ctx, input }) => updateShopDetails(ctx.dependencies, ctx.viewer, input)),

  rename: ownerProcedure
    .input(renameInput)
    .mutation(({ ctx, input }) => renameShop(ctx.dependencies, ctx.viewer, input)),

  changeRole: recentOwnerProcedure
    .input(changeRoleInput)
    .mutation(({ ctx, input }) => changeRole(ctx.dependencies, ctx.viewer, input)),

  removeMember: recentOwnerProcedure
    .input(memberInput)
    .mutation(({ ctx, input }) => removeMember(ctx.dependencies, ctx.viewer, input)),

  handOver: recentOwnerProcedure
    .input(handOverInput)
    .mutation(({ ctx, input }) => handOver(ctx.dependencies, ctx.viewer, input)),

  leave: memberProcedure
    .input(leaveInput)
    .mutation(({ ctx, input }) => leaveShop(ctx.dependencies, ctx.viewer, input)),
})
