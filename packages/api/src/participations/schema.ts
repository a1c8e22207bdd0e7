import { PROTOCOL } from '@eungmo/draw/encoding'
import { parseSignedReceipt, type SignedReceipt } from '@eungmo/draw/receipts'
import { z } from 'zod'
import { ownPrizeView } from '../claims/claim-details.ts'
import { hex, instant, personName, phoneNumber, text, token, uuid } from '../validation/fields.ts'

const hash = hex(64)

/** The operator's signed promise that an entry will be in the locked list (eungmo-draw/1). */
export const signedReceiptView = z.object({
  receipt: z.object({
    v: z.literal(PROTOCOL),
    type: z.literal('receipt'),
    eventId: uuid,
    /** Hash of the rules record in force. */
    rules: hash,
    /** The entry's opaque id. */
    id: z.string(),
    applicationNumber: z.string(),
    /** Commits to the person behind the entry; leads to no phone number. */
    person: hash,
    visited: z.union([z.literal(0), z.literal(1)]),
    /** 0 at entry, 1 after a later visit. */
    n: z.int().min(0),
    at: z.string(),
  }),
  signature: hex(128),
})

/** Shows that an entry stands in the locked list, and where. */
const inclusionProofView = z.object({
  index: z.int(),
  id: z.string(),
  tickets: z.int(),
  reason: z.int(),
  siblings: z.array(z.tuple([z.int(), z.string()])),
})

/** The largest integer of the columns. */
const MAX_TEXT_VERSION = 2_147_483_647

export const registerInput = z.strictObject({
  eventId: uuid,
  name: personName,
  phoneNumber,
  entryPath: token(100)
    .optional()
    .meta({ description: 'As the event lists it; optional with a visitToken', example: 'SNS' }),
  privacyConsent: z.literal(true, 'consent.required'),
  consentVersion: z.int().min(1).max(MAX_TEXT_VERSION).optional().meta({
    description:
      'The version of the consent text that was shown; another one than the newest gets 409 CONSENT_CHANGED. Defaults to the newest',
  }),
  marketingConsent: z.boolean().optional().meta({
    description:
      'Whether the entrant ticked the optional marketing box; stored where the event has one (`marketing`). Never decides anything about the entry. Defaults to false',
  }),
  marketingVersion: z.int().min(1).max(MAX_TEXT_VERSION).optional().meta({
    description:
      'The version of the marketing text that was shown, for marketingConsent. Without it, the newest; a version that does not exist stores no consent',
  }),
  visitToken: token(100).optional().meta({ description: 'The `t` of the in-store QR link' }),
  submissionId: uuid.optional().meta({
    description:
      'A retry with the same id gets the first response again; the header Idempotency-Key does the same',
  }),
})
export type RegisterInput = z.output<typeof registerInput>

export const registerOutput = z.object({
  applicationNumber: z.string().meta({ example: 'K7M2-9QXF' }),
  announcementDate: instant,
  message: z.string(),
  receipt: signedReceiptView.optional().meta({
    description: 'The signed promise that the entry will be in the locked list; keep it',
  }),
})
export type RegisterOutput = z.output<typeof registerOutput>

export const receiptInput = z.strictObject({ eventId: uuid, applicationNumber: token(40), phoneNumber })
export type ReceiptInput = z.output<typeof receiptInput>

/** Application number and phone number (E.164), or a receipt, which without the phone number shows less. */
export type SelfCheckInput = { eventId: string } & (
  | { applicationNumber: string; phoneNumber: string }
  | { receipt: SignedReceipt; phoneNumber?: string | undefined }
)

/** A receipt as it was saved: the text, or the object. */
const savedReceipt = z
  .union([text(4_000), z.record(z.string(), z.unknown())])
  .transform((value, ctx): SignedReceipt => {
    try {
      return parseSignedReceipt(typeof value === 'string' ? JSON.parse(value) : value)
    } catch {
      ctx.addIssue({ code: 'custom', message: 'receipt.invalid' })
      return z.NEVER
    }
  })

export const selfCheckInput = z
  .strictObject({
    eventId: uuid,
    receipt: savedReceipt.optional(),
    applicationNumber: token(40).min(1, 'required').optional(),
    phoneNumber: phoneNumber.optional(),
  })
  .transform(({ eventId, receipt, applicationNumber, phoneNumber }, ctx): SelfCheckInput => {
    if (receipt) return { eventId, receipt, phoneNumber }
    if (applicationNumber !== undefined && phoneNumber !== undefined)
      return { eventId, applicationNumber, phoneNumber }
    if (applicationNumber === undefined)
      ctx.addIssue({ code: 'custom', path: ['applicationNumber'], message: 'required' })
    if (phoneNumber === undefined)
      ctx.addIssue({ code: 'custom', path: ['phoneNumber'], message: 'required' })
    return z.NEVER
  })

/** Shown to the holder of the receipt: what the receipt says itself, and what the public list says. */
const listStatusView = z.object({
  eventId: uuid,
  slug: z.string(),
  title: z.string(),
  announcementDate: instant,
  applicationNumber: z.string(),
  /** As locked; null before. 0 where the entry takes no part. */
  tickets: z.int().nullable(),
  /** Why the entry takes no part, by eungmo-draw's code; 0 where it does, null before the draw. */
  exclusionReason: z.int().nullable(),
  /** Null once personal data was destroyed; of a winner without the receipt, from the announcement on. */
  receipt: signedReceiptView.nullable(),
  /** Once drawn, the proof that the entry was in the locked list. */
  inclusion: z
    .object({
      /** The first lock record, as in the chain. */
      lock: z.record(z.string(), z.unknown()),
      proof: inclusionProofView,
      /** The latest draw, for its verification page. */
      drawLogId: uuid,
    })
    .nullable(),
  /**
   * Drawn, and the entry is not in the locked list although it should be. Keep the receipt: it proves that.
   */
  missing: z.boolean(),
})
export type ListStatusView = z.infer<typeof listStatusView>

/** Shown only to those who know the phone number. */
const ownEntryView = listStatusView.extend({
  participatedAt: instant,
  entryPath: z.string(),
  visited: z.boolean(),
  /** As locked; before the lock, as it stands now. 0 where the entry takes no part. */
  tickets: z.int(),
  exclusionReason: z.int(),
  /** `waiting` until the draw and the announcement date have passed. */
  outcome: z.enum(['waiting', 'won', 'not-won', 'withdrawn']),
  rank: z.int().nullable(),
  prize: z.string().nullable(),
  /**
   * Only with application number and phone number, and null once personal data was destroyed: by it the page
   * checks that the receipt belongs to this phone number, then forgets it.
   */
  salt: hex(32).nullable(),
  /** With it the entrant sees everything that is stored, corrects the name and withdraws. */
  proof: z.string(),
})
export type OwnEntryView = z.infer<typeof ownEntryView>

export const selfCheckView = z.discriminatedUnion('shows', [
  listStatusView.extend({ shows: z.literal('list-status') }).strict(),
  ownEntryView.extend({ shows: z.literal('entry') }),
])
export type SelfCheckView = z.infer<typeof selfCheckView>

const bothLanguages = z.object({ ko: z.string(), en: z.string() })

const proof = token(200).meta({
  description: 'As participations/own-data returned it; good for 15 minutes',
})

export const ownDataInput = z.strictObject({
  eventId: uuid,
  applicationNumber: token(40)
    .optional()
    .meta({ description: 'Required together with phoneNumber, unless proof is sent' }),
  phoneNumber: phoneNumber.optional(),
  proof: proof.optional(),
})
export type OwnDataInput = z.output<typeof ownDataInput>

const agreement = z.object({ at: instant, version: z.int(), text: bothLanguages })

/** Everything that is stored about an entrant. */
export const ownDataView = z.object({
  event: z.object({ eventId: uuid, slug: z.string(), title: z.string(), shopName: z.string() }),
  applicationNumber: z.string(),
  name: z.string(),
  phoneNumber: z.string(),
  entryPath: z.string(),
  participatedAt: instant,
  visited: z.boolean(),
  visitedAt: instant.nullable(),
  /** The id in the public list. */
  entryId: z.string(),
  exclusionReason: z.int(),
  outcome: ownEntryView.shape.outcome,
  rank: z.int().nullable(),
  prize: z.string().nullable(),
  ...ownPrizeView.shape,
  consent: agreement,
  /** The optional consent to the shop's news; null without it. */
  marketing: agreement.nullable(),
  /** When the data is destroyed. */
  storedUntil: z.object({ notWon: instant, won: instant }),
  /** False from the lock on, and in a cancelled event. */
  mayCorrectName: z.boolean(),
  isDrawn: z.boolean(),
  proof,
})
export type OwnDataView = z.infer<typeof ownDataView>

export const correctNameInput = z.strictObject({ eventId: uuid, proof, name: personName })

export const correctNameOutput = z.object({ name: z.string() })

export const withdrawMarketingInput = z.strictObject({ eventId: uuid, proof })

export const withdrawMarketingOutput = z.object({
  alreadyWithdrawn: z.boolean().meta({ description: 'Whether there was no marketing consent to withdraw' }),
})

export const withdrawInput = z.strictObject({
  eventId: uuid,
  proof,
  receipt: savedReceipt.optional().meta({
    description: 'Needed once the event is drawn: of winners always, of everybody until the announcement',
  }),
})

export const withdrawOutput = z.object({
  message: z.string(),
  /** The entry's id in the public list, which the withdrawal leaves there. */
  entryId: z.string(),
  /** Whether the data was destroyed before this call. */
  alreadyWithdrawn: z.boolean(),
  /** Whether the same phone number may enter the event again. */
  mayEnterAgain: z.boolean(),
})
