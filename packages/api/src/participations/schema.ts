import { z } from 'zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** The operator's signed promise that an entry will be in the locked list (eungmo-draw/1). */
export const signedReceiptView = z.object({
  receipt: z.object({
    v: z.literal('eungmo-draw/1'),
    type: z.literal('receipt'),
    eventId: z.uuid(),
    /** Hash of the rules record in force. */
    rules: hash,
    /** The entry's opaque id. */
    id: z.string(),
    applicationNumber: z.string(),
    salt: z.string().regex(/^[0-9a-f]{32}$/),
    visited: z.union([z.literal(0), z.literal(1)]),
    /** 0 at entry, 1 after a later visit. */
    n: z.int().min(0),
    at: z.string(),
  }),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})

/** Shows that an entry stands in the locked list, and where. */
export const inclusionProofView = z.object({
  index: z.int(),
  id: z.string(),
  tickets: z.int(),
  reason: z.int(),
  siblings: z.array(z.tuple([z.int(), z.string()])),
})

export const selfCheckView = z.object({
  eventId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  applicationNumber: z.string(),
  participatedAt: z.iso.datetime({ offset: true }),
  entryPath: z.string(),
  visited: z.boolean(),
  /** As locked; before the lock, as it stands now. 0 where the entry takes no part. */
  tickets: z.int(),
  /** Whether the entry takes no part in the draw. */
  excluded: z.boolean(),
  /** Why not, by eungmo-draw's code; 0 where it takes part. */
  exclusionReason: z.int(),
  announcementDate: z.iso.datetime({ offset: true }),
  /** `waiting` until the draw and the announcement date have passed. */
  outcome: z.enum(['waiting', 'won', 'not-won', 'withdrawn']),
  rank: z.int().nullable(),
  prize: z.string().nullable(),
  /** Null once personal data was destroyed. */
  receipt: signedReceiptView.nullable(),
  /** Once drawn, the proof that the entry was in the locked list. */
  inclusion: z
    .object({
      /** The first lock record, as in the chain. */
      lock: z.record(z.string(), z.unknown()),
      proof: inclusionProofView,
      /** The latest draw, for its verification page. */
      drawLogId: z.uuid(),
    })
    .nullable(),
  /** Drawn, and the entry is not in the locked list although it should be. Keep the receipt: it proves that. */
  missing: z.boolean(),
})
export type SelfCheckView = z.infer<typeof selfCheckView>
