import { parseInput } from '../errors/parse-input.ts'
import { publicProcedure, router } from '../trpc.ts'
import { correctName } from './correct-name.ts'
import { disownEntry, readDisowned } from './disown-entry.ts'
import {
  disownedView,
  disownInput,
  requestNumberInput,
  requestNumberOutput,
} from './forgotten-number-schema.ts'
import { readOwnEntry } from './read-own-data.ts'
import { registerParticipation } from './register-participation.ts'
import { requestNumber } from './request-number.ts'
import {
  correctNameInput,
  correctNameOutput,
  ownDataInput,
  ownDataView,
  receiptInput,
  registerInput,
  registerOutput,
  selfCheckInput,
  selfCheckView,
  signedReceiptView,
  withdrawInput,
  withdrawMarketingInput,
  withdrawMarketingOutput,
  withdrawOutput,
} from './schema.ts'
import { readReceipt, selfCheck } from './self-check.ts'
import { withdrawEntry, withdrawnMessage } from './withdraw-entry.ts'
import { withdrawMarketing } from './withdraw-marketing.ts'

export const participationsRouter = router({
  register: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/participations',
        tags: ['participations'],
        summary: 'Enter an event',
        description:
          'entryPath is one of the event’s, unless visitToken stands for a visit to the store. A phone number enters an event once. privacyConsent agrees to the event’s consent text: that of consentVersion, or the newest. marketingConsent is optional, and of events with a marketing box.',
        protect: false,
      },
      rest: {
        status: 201,
        direct: async (context, input) => registerParticipation(context, parseInput(registerInput, input)),
        errors: [
          'NOT_FOUND',
          'ALREADY_PARTICIPATED',
          'CONSENT_CHANGED',
          'EVENT_NOT_OPEN',
          'EVENT_CLOSED',
          'EVENT_PAUSED',
          'RATE_LIMITED',
        ],
      },
    })
    .input(registerInput)
    .output(registerOutput)
    .mutation(({ ctx, input }) => registerParticipation(ctx, input)),

  /**
   * What became of an entry: by application number and phone number, or by the receipt, which without the
   * phone number shows the list's status only. A mutation, so that nothing of it appears in an address.
   */
  selfCheck: publicProcedure
    .input(selfCheckInput)
    .output(selfCheckView)
    .mutation(({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      return selfCheck(ctx.dependencies, input)
    }),

  /** The newest signed receipt of an entry; null once personal data was destroyed. */
  receipt: publicProcedure
    .input(receiptInput)
    .output(signedReceiptView.nullable())
    .mutation(({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      return readReceipt(ctx.dependencies, input)
    }),

  ownData: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/participations/own-data',
        tags: ['participations'],
        summary: 'See everything that is stored about one’s own entry',
        description:
          'The entrant proves the entry by application number and phone number. `proof` then serves to correct the name and to withdraw.',
        protect: false,
      },
      rest: { errors: ['NOT_FOUND', 'RATE_LIMITED'] },
    })
    .input(ownDataInput)
    .output(ownDataView)
    .mutation(({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      return readOwnEntry(ctx.dependencies, input)
    }),

  correctName: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/participations/correct-name',
        tags: ['participations'],
        summary: 'Correct the name of one’s own entry, before the draw',
        protect: false,
      },
      rest: { errors: ['NOT_FOUND', 'CONFLICT', 'RATE_LIMITED'] },
    })
    .input(correctNameInput)
    .output(correctNameOutput)
    .mutation(({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      return correctName(ctx.dependencies, input)
    }),

  withdrawMarketing: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/participations/withdraw-marketing',
        tags: ['participations'],
        summary: 'Withdraw the marketing consent of one’s own entry, which stays',
        protect: false,
      },
      rest: { errors: ['NOT_FOUND', 'RATE_LIMITED'] },
    })
    .input(withdrawMarketingInput)
    .output(withdrawMarketingOutput)
    .mutation(({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      return withdrawMarketing(ctx.dependencies, input)
    }),

  withdraw: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/participations/withdraw',
        tags: ['participations'],
        summary: 'Withdraw one’s own entry and destroy its personal data',
        description:
          'At once and for good. A withdrawn winner’s prize goes to an alternate. A second call does nothing.',
        protect: false,
      },
      rest: { errors: ['NOT_FOUND', 'RATE_LIMITED'] },
    })
    .input(withdrawInput)
    .output(withdrawOutput)
    .mutation(async ({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      const withdrawn = await withdrawEntry(ctx.dependencies, input)
      return { ...withdrawn, message: withdrawnMessage(withdrawn, ctx.locale) }
    }),

  /** Sends a forgotten application number to the phone of its entry. Over REST it would only be called in bulk. */
  requestNumber: publicProcedure
    .input(requestNumberInput)
    .output(requestNumberOutput)
    .mutation(({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      return requestNumber(ctx.dependencies, input, ctx)
    }),

  /** What the link in such a message leads to. */
  readDisowned: publicProcedure
    .input(disownInput)
    .output(disownedView)
    .mutation(({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      return readDisowned(ctx.dependencies, input)
    }),

  /** Withdraws the entry that another person made with the number of who holds the link. */
  disown: publicProcedure
    .input(disownInput)
    .output(withdrawOutput)
    .mutation(async ({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      const withdrawn = await disownEntry(ctx.dependencies, input)
      return { ...withdrawn, message: withdrawnMessage(withdrawn, ctx.locale) }
    }),
})
