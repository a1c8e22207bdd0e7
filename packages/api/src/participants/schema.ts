import { z } from 'zod'
import { exclusionView } from '../exclusions/schema.ts'
import { instant, token, uuid } from '../validation/fields.ts'
import { bodyFilter, daysNotInOrder, hasDaysInOrder, queryFilter } from './filter-schema.ts'

const MAX_PAGE_SIZE = 200

const page = {
  eventId: uuid,
  cursor: token(200).optional().meta({ description: 'nextCursor of the page before' }),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
}

export const listParticipantsInput = z
  .object({
    ...page,
    ...queryFilter,
    q: z.string().regex(/^$/, 'search.elsewhere').optional().meta({
      description: 'Always an error, since an address must hold no personal data: use the operation search',
    }),
  })
  .refine(hasDaysInOrder, daysNotInOrder)
export type ParticipantPageInput = Omit<z.output<typeof listParticipantsInput>, 'q'>

/** In a body, never in an address: addresses end up in histories and in the logs of proxies. */
export const searchParticipantsInput = z
  .strictObject({
    ...page,
    ...bodyFilter,
    q: token(100).meta({
      description:
        'Part of a name, its initial consonants (`ㄱㅎㄴ`, `김ㅎㄴ`), the last four digits of a phone number or the first of these, a whole phone number, or an application number or its start',
    }),
    partial: z.boolean().default(false).meta({
      description:
        'Whether the response may hold fewer rows than `limit`, so that rows can be shown as they are found: it is sent after at most a second or so, and `nextCursor` continues the search',
    }),
  })
  .refine(hasDaysInOrder, daysNotInOrder)

export const oneParticipantInput = z.strictObject({ eventId: uuid, participantId: uuid })

/** An entry as the overview shows it, its name as the public sees it. */
export const newestEntry = z.object({
  participantId: uuid,
  name: z.string().nullable(),
  entryPath: z.string(),
  participatedAt: instant,
  withdrawn: z.boolean(),
})
export type NewestEntry = z.infer<typeof newestEntry>

/**
 * A participant as owner and staff see them. Name, phone and number are null once personal data was
 * destroyed.
 */
export const participant = z
  .object({
    participantId: uuid,
    name: z.string().nullable(),
    phoneNumber: z.string().nullable().meta({ example: '010-1234-5678' }),
    entryPath: z.string(),
    applicationNumber: z.string().nullable(),
    participatedAt: instant,
    visited: z.boolean(),
    visitMarkedBy: z.string().nullable().meta({ description: 'Who marked the visit; null for the QR code' }),
    visitConfirmed: z.boolean().meta({
      description: 'Whether a receipt of the visit was signed, so that it can no longer be taken back',
    }),
    isWinner: z.boolean(),
    withdrawn: z.boolean().meta({ description: 'Whether the entrant withdrew' }),
    exclusion: exclusionView
      .nullable()
      .meta({ description: 'Why the entry takes no part in the draw; null for one that does' }),
  })
  .meta({ id: 'Participant' })

export type Participant = z.infer<typeof participant>

export const participantPage = z.object({ items: z.array(participant), nextCursor: z.string().nullable() })
export type ParticipantPage = z.infer<typeof participantPage>

const count = z.int().min(0)

/** How many participants each filter lets through. */
export const participantCounts = z.object({
  total: count,
  entryPaths: z.array(z.object({ entryPath: z.string(), count })),
  visited: count,
  isWinner: count,
  excluded: count,
  withdrawn: count,
  /** A state's count that is this high stands for this number or more. */
  countedUpTo: count,
  /** Days in Korea with entries, oldest first. */
  days: z.array(z.object({ day: z.iso.date(), count })),
})
export type ParticipantCounts = z.infer<typeof participantCounts>
