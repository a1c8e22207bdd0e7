import { withdrawOutput } from '../participations/schema.ts'
import { withdrawnMessage } from '../participations/withdraw-entry.ts'
import { ownerProcedure, publicProcedure, router } from '../trpc.ts'
import { confirmClaim } from './confirm-claim.ts'
import { declineClaim } from './decline-claim.ts'
import { proveClaim } from './prove-claim.ts'
import { readClaimPage } from './read-claim-page.ts'
import { readOwnClaim } from './read-own-claim.ts'
import { renewLink } from './renew-link.ts'
import { revealClaim } from './reveal-claim.ts'
import {
  claimInput,
  claimPageView,
  confirmClaimInput,
  confirmClaimOutput,
  declineClaimOutput,
  ownClaimView,
  proveClaimInput,
  proveClaimOutput,
  provedClaimInput,
  renewedLinkView,
  renewLinkInput,
  revealClaimInput,
  revealClaimOutput,
  withdrawClaimInput,
} from './schema.ts'
import { withdrawByClaim } from './withdraw-by-claim.ts'

/** One budget per address, shared with entries; what a link opens costs attempts of its own. */
const limitedProcedure = publicProcedure.use(({ ctx, next }) => {
  ctx.dependencies.entryLimit.take(ctx.clientAddress)
  return next()
})

/** The claim of a winner. All are mutations, so that no address holds a link's token. */
export const claimsRouter = router({
  /** What the link alone shows: the state, and nothing of the winner. */
  page: limitedProcedure
    .input(claimInput)
    .output(claimPageView)
    .mutation(({ ctx, input }) => readClaimPage(ctx.dependencies, input.token)),

  /** Proves by the last four digits of the phone number to be the winner. */
  prove: limitedProcedure
    .input(proveClaimInput)
    .output(proveClaimOutput)
    .mutation(({ ctx, input }) => proveClaim(ctx.dependencies, input)),

  own: limitedProcedure
    .input(provedClaimInput)
    .output(ownClaimView)
    .mutation(({ ctx, input }) => readOwnClaim(ctx.dependencies, input)),

  confirm: limitedProcedure
    .input(confirmClaimInput)
    .output(confirmClaimOutput)
    .mutation(({ ctx, input }) => confirmClaim(ctx.dependencies, input, ctx.locale)),

  /** Gives the prize back; the entry stays. */
  decline: limitedProcedure
    .input(provedClaimInput)
    .output(declineClaimOutput)
    .mutation(({ ctx, input }) => declineClaim(ctx.dependencies, input)),

  /** What a winner entered, for the owner, who picks and packs by it. */
  reveal: ownerProcedure
    .input(revealClaimInput)
    .output(revealClaimOutput)
    .mutation(({ ctx, input }) => revealClaim(ctx.dependencies, ctx.viewer, input)),

  /** Sends a winner a new link, in place of one that was lost or forwarded. */
  renewLink: ownerProcedure
    .input(renewLinkInput)
    .output(renewedLinkView)
    .mutation(({ ctx, input }) => renewLink(ctx.dependencies, ctx.viewer, input)),

  /** Withdraws the entry and destroys its personal data. */
  withdraw: limitedProcedure
    .input(withdrawClaimInput)
    .output(withdrawOutput)
    .mutation(async ({ ctx, input }) => {
      const withdrawn = await withdrawByClaim(ctx.dependencies, input)
      return { ...withdrawn, message: withdrawnMessage(withdrawn, ctx.locale) }
    }),
})
