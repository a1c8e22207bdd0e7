import { parseSignedReceipt, type SignedReceipt } from '@eungmo/draw/receipts'
import { z } from 'zod'
import { selfCheckView } from '../../participations/schema.ts'
import { selfCheck as check, type SelfCheckQuestion } from '../../participations/self-check.ts'
import { publicProcedure } from '../../trpc.ts'
import { phoneNumber, uuid } from '../../validation/fields.ts'

/** A receipt as it was saved: the text, or the object. */
const keptReceipt = z
  .union([z.string().max(4_000), z.record(z.string(), z.unknown())])
  .transform((value, ctx): SignedReceipt => {
    try {
      return parseSignedReceipt(typeof value === 'string' ? JSON.parse(value) : value)
    } catch {
      ctx.addIssue({ code: 'custom', message: 'receipt.invalid' })
      return z.NEVER
    }
  })

const question = z
  .object({
    eventId: uuid,
    receipt: keptReceipt.optional(),
    applicationNumber: z.string().trim().min(1, 'required').max(40).optional(),
    phoneNumber: phoneNumber.optional(),
  })
  .transform(({ eventId, receipt, applicationNumber, phoneNumber }, ctx): SelfCheckQuestion => {
    if (receipt) return { eventId, receipt }
    if (applicationNumber !== undefined && phoneNumber !== undefined)
      return { eventId, applicationNumber, phoneNumber }
    if (applicationNumber === undefined)
      ctx.addIssue({ code: 'custom', path: ['applicationNumber'], message: 'required' })
    if (phoneNumber === undefined)
      ctx.addIssue({ code: 'custom', path: ['phoneNumber'], message: 'required' })
    return z.NEVER
  })

/** What became of one's entry: by application number and phone number, or by the receipt. A mutation, so that neither stands in an address. */
export const selfCheck = publicProcedure
  .input(question)
  .output(selfCheckView)
  .mutation(({ ctx, input }) => {
    ctx.dependencies.entryLimit.take(ctx.clientAddress)
    return check(ctx.dependencies, input)
  })
