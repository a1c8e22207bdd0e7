import { z } from 'zod'
import { signedReceiptView } from '../../participations/schema.ts'
import { selfCheck } from '../../participations/self-check.ts'
import { publicProcedure } from '../../trpc.ts'
import { phoneNumber, uuid } from '../../validation/fields.ts'

/** The newest signed receipt of one's entry; null once personal data was destroyed. */
export const receipt = publicProcedure
  .input(z.object({ eventId: uuid, applicationNumber: z.string().max(40), phoneNumber }))
  .output(signedReceiptView.nullable())
  .mutation(async ({ ctx, input }) => {
    ctx.dependencies.entryLimit.take(ctx.clientAddress)
    return (await selfCheck(ctx.dependencies, input)).receipt
  })
