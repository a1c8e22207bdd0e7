import { z } from 'zod'
import { ownNoticeView } from '../notices/schema.ts'
import { dayInput, formatted, instant, line, personName } from '../validation/fields.ts'

/** When a winner picks the prize up. */
const pickUp = z.strictObject({
  kind: z.literal('pick-up'),
  /** A day of Korea's calendar. */
  day: dayInput,
})

/** Where a prize is sent. */
const delivery = z.strictObject({
  kind: z.literal('delivery'),
  recipient: personName,
  postcode: formatted(/^\d{5}$/, 'postcode.invalid'),
  /** The road name address, 도로명주소. */
  address: line(200, { min: 5, code: 'address.invalid' }),
  /** Building, unit and floor, 동·호; empty for a house. */
  addressDetail: line(100, { min: 0 }),
})

/** What a winner enters on the claim page. */
export const claimDetails = z.discriminatedUnion('kind', [pickUp, delivery])
export type ClaimDetails = z.output<typeof claimDetails>

/**
 * When a winner confirmed on the claim page, and got the prize; null before. The day or address that was entered is
 * shown on that page only: after the announcement others may know both halves of the proof of an entry.
 */
const claimTimes = z.object({ confirmedAt: instant, handedOverAt: instant.nullable() }).nullable()

/** What a winner reads of the prize in their own data. */
export const ownPrizeView = z.object({
  claim: claimTimes,
  /** The notices to the winner, oldest first; none before the announcement. */
  notices: z.array(ownNoticeView),
})
