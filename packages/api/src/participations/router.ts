import { parseInput } from '../errors/parse-input.ts'
import { publicProcedure, router } from '../trpc.ts'
import { registerParticipation } from './register-participation.ts'
import {
  receiptInput,
  registerInput,
  registerOutput,
  selfCheckInput,
  selfCheckView,
  signedReceiptView,
} from './schema.ts'
import { readReceipt, selfCheck } from './self-check.ts'

export const participationsRouter = router({
  register: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/participations',
        tags: ['participations'],
        summary: 'Enter an event',
        description:
          'entryPath is one of the event’s, unless visitToken stands for a visit to the store. A phone number enters an event once. privacyConsent agrees to the event’s consent text: that of consentVersion, or the newest.',
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
})
