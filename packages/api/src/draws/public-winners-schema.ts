import { MAX_DRAWN } from '@eungmo/draw/records'
import { z } from 'zod'
import { pauseView } from '../events/schema.ts'
import { instant, token } from '../validation/fields.ts'
import { PUBLIC_WITHDRAW_REASONS } from './public-withdraw-reason.ts'
import { deviationView } from './schema.ts'

export const MAX_WINNERS_PER_PAGE = 200

export const publicWinnersInput = z.object({
  slug: token(100),
  /** The last slot of the page before. */
  after: z.coerce.number().int().min(0).max(MAX_DRAWN).default(0),
})
export type PublicWinnersInput = z.output<typeof publicWinnersInput>

/**
 * A row of the public winners page: no digit of the phone number, which would be half of the proof of who
 * the entrant is, next to the other half.
 */
const publicWinnerView = z.object({
  rank: z.int(),
  /** 김** */
  name: z.string().nullable(),
  applicationNumber: z.string().nullable(),
  prize: z.string().nullable(),
})

export const publicWinnersView = z.object({
  eventId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  shopName: z.string(),
  /** Where customers ask; null in a shop without an owner. */
  contact: z.string().nullable(),
  announcementDate: instant,
  /** Whether the announcement date has come. */
  due: z.boolean(),
  /** `waiting`: before the announcement date, or not drawn yet. Only `announced` has winners. */
  state: z.enum(['waiting', 'paused', 'announced']),
  paused: pauseView.nullable(),
  drawLogId: z.uuid().nullable(),
  drawnAt: instant.nullable(),
  /** Whether it was drawn by itself at the published time. */
  isAutomatic: z.boolean(),
  /** When it is drawn by itself as published; null where the owner draws. */
  drawAt: instant.nullable(),
  /** Why it was cancelled by itself: nobody took part. Null where it was not. */
  cancelReason: z.enum(['no-entries']).nullable(),
  attempts: z.int(),
  beacon: z.enum(['none', 'quicknet']),
  deviation: deviationView.nullable(),
  /** How many entries sat out as those of earlier winners. */
  earlierWinners: z.int(),
  /** How many entries the owner excluded before the list was locked, by reason. */
  excluded: z.object({ staff: z.int(), duplicate: z.int(), ineligible: z.int() }),
  /** Of this page, by slot. */
  winners: z.array(publicWinnerView),
  /** The slot after which the next page begins; null on the last page. */
  nextAfter: z.int().nullable(),
  /** How many winners each prize has on all pages together; null stands for winners beyond the prizes. */
  prizes: z.array(z.object({ prize: z.string().nullable(), count: z.int() })),
  /** Winners on all pages together. */
  total: z.int(),
  /** Withdrawn winners of the slots of this page, with the public reason. */
  withdrawn: z.array(z.object({ rank: z.int(), reason: z.enum(PUBLIC_WITHDRAW_REASONS), at: instant })),
  /** Differs whenever anything differs that the page shows. */
  version: z.string(),
  /** The database's clock. */
  now: instant,
})
export type PublicWinnersView = z.infer<typeof publicWinnersView>
