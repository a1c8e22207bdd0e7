import { ownerProcedure, router } from '../trpc.ts'
import { renameShop } from './rename-shop.ts'
import { renameInput, shopDetailsInput, shopDetailsView } from './schema.ts'
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
})
