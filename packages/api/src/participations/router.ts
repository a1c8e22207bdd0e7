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
import { selfCheck } from './self-check.ts'

export const participationsRouter = router({
  register: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/participations',
        tags: ['participations'],
        summary: 'Enter an event',
        description:
          'entryPath is one of the event’s, unless visitToken stands for a visit to the store. A phone number enters an event once.',
        protect: false,
      },
      rest: {
        status: 201,
        errors: ['NOT_FOUND', 'ALREADY_PARTICIPATED', 'EVENT_NOT_OPEN', 'EVENT_CLOSED', 'RATE_LIMITED'],
      },
    })
    .input(registerInput)
    .output(registerOutput)
    .mutation(({ ctx, input }) => registerParticipation(ctx, input)),

  /**
   * What became of an entry: by application number and phone number, or by the receipt. A mutation, so that
   * neither appears in an address.
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
    .mutation(async ({ ctx, input }) => {
      ctx.dependencies.entryLimit.take(ctx.clientAddress)
      return (await selfCheck(ctx.dependencies, input)).receipt
    }),
})
