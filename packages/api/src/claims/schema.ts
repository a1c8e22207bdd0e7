import { MAX_DRAWN } from '@eungmo/draw/records'
import { z } from 'zod'
import { pauseView } from '../events/schema.ts'
import { instant, token, uuid } from '../validation/fields.ts'
import { claimDetails } from './claim-details.ts'

/** More than a link's token has: one of another form leads to nobody, as a wrong one does. */
const linkText = token(200)

export const claimInput = z.strictObject({ token: linkText })

export const proveClaimInput = z.strictObject({
  token: linkText,
  /** In any form: what is not four digits is wrong, and counts as an attempt. */
  lastDigits: token(40),
})
export type ProveClaimInput = z.output<typeof proveClaimInput>

/** Of `claims.prove`; good for half an hour. */
const proof = token(200)

export const proveClaimOutput = z.object({ proof })

export const provedClaimInput = z.strictObject({ token: linkText, proof })
export type ProvedClaimInput = z.output<typeof provedClaimInput>

export const withdrawClaimInput = provedClaimInput.extend({
  /** That another person entered with the number of who holds the phone. Defaults to false. */
  isNotMine: z.boolean().optional(),
})
export type WithdrawClaimInput = z.output<typeof withdrawClaimInput>

export const confirmClaimInput = z.strictObject({ token: linkText, proof, details: claimDetails })
export type ConfirmClaimInput = z.output<typeof confirmClaimInput>

export const claimState = z.enum([
  /** The winner can confirm, or has confirmed. */
  'open',
  /** The announcement is still to come. */
  'waiting',
  'paused',
  'handed-over',
  'expired',
  'declined',
  /** The slot went to an alternate, or is to be drawn again. */
  'withdrawn',
  /** A new link was sent. */
  'outdated',
])
export type ClaimState = z.infer<typeof claimState>

/** What everybody who has the link may know: nothing of the winner or the prize. */
export const claimPageView = z.object({
  state: claimState,
  slug: z.string(),
  title: z.string(),
  shopName: z.string(),
  /** Where to ask; null in a shop without an owner. */
  contact: z.string().nullable(),
  address: z.string().nullable(),
  openingHours: z.string().nullable(),
  announcementDate: instant,
  /** Until when the winner can confirm. */
  claimUntil: instant,
  paused: pauseView.nullable(),
  /** The database's clock. */
  now: instant,
})
export type ClaimPageView = z.infer<typeof claimPageView>

/** What the winner sees, once proved. */
export const ownClaimView = claimPageView.extend({
  prize: z.string().nullable(),
  /** What it is worth, in won; null where the owner named no value. */
  valueWon: z.int().nullable(),
  /** Whether the shop pays the tax on it in the winner's place. */
  ownerPaysTax: z.boolean(),
  /** Whether the prize is sent, rather than picked up. */
  isDelivered: z.boolean(),
  applicationNumber: z.string(),
  claimedAt: instant.nullable(),
  /** What was entered; null before, and once it was deleted. */
  details: claimDetails.nullable(),
  /** The days on which the prize can be picked up, such as `2026-12-20`; none for one that is sent. */
  days: z.array(z.string()),
  /** False once the claim period is over: what was confirmed then stays. */
  mayChange: z.boolean(),
  /** What the QR code holds that staff scan; null before the winner has confirmed. */
  handOverUrl: z.string().nullable(),
})
export type OwnClaimView = z.infer<typeof ownClaimView>

export const confirmClaimOutput = z.object({ claimedAt: instant })

/** A winner, by the attempt and the rank within it. */
export const revealClaimInput = z.strictObject({
  eventId: uuid,
  drawLogId: uuid,
  drawRank: z.int().min(1).max(MAX_DRAWN),
})
export type RevealClaimInput = z.output<typeof revealClaimInput>

export const revealClaimOutput = z.object({ details: claimDetails })

export const renewLinkInput = z.strictObject({
  /** The attempt and the rank that name the winner. */
  drawLogId: uuid,
  drawRank: z
    .int()
    .min(1)
    .max(2 * MAX_DRAWN),
  /** The language of the notice, where the event's first notices were not sent yet. */
  locale: z.enum(['ko', 'en']),
})
export type RenewLinkInput = z.output<typeof renewLinkInput>

export const renewedLinkView = z.object({
  /** The notice with the new link, for the owner to send; null where this installation sends it. */
  text: z.string().nullable(),
  /** When it is sent at the earliest; null where the owner sends it. */
  sendsAt: instant.nullable(),
})
export type RenewedLinkView = z.infer<typeof renewedLinkView>

export const declineClaimOutput = z.object({
  /** Whether the winner had declined before this call. */
  alreadyDeclined: z.boolean(),
})
