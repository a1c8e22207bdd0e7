import { parseSignedReceipt, type SignedReceipt } from '@eungmo/draw/receipt'
import { z } from 'zod'
import { selfCheckView } from '../../schemas/receipt-view.ts'
import { selfCheck as check } from '../../services/self-check.ts'
import { publicProcedure } from '../../trpc.ts'
import { phoneNumber } from '../fields.ts'

const slug = z.string().max(100)

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

/** What became of one's entry: by application number and phone number, or by the receipt. A mutation, so that neither stands in an address. */
export const selfCheck = publicProcedure
  .input(
    z.union([
      z.object({ slug, receipt: keptReceipt }),
      z.object({
        slug,
        applicationNumber: z.string('required').trim().min(1, 'required').max(40),
        phoneNumber,
      }),
    ]),
  )
  .output(selfCheckView)
  .mutation(({ ctx, input }) => {
    ctx.services.entryLimit.take(ctx.clientAddress)
    return check(ctx.services, input)
  })
