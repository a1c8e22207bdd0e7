import { ACCESS_ACTIONS } from '@eungmo/db/queries/access-log'
import { ACTOR_KINDS } from '@eungmo/db/queries/access-log-pages'
import { z } from 'zod'
import { exportPurpose } from '../csv/schema.ts'
import { dayInput, instant, token, uuid } from '../validation/fields.ts'

const MAX_PAGE_SIZE = 200

const filter = {
  actorId: uuid.optional().meta({ description: 'The user or API key who acted' }),
  action: z.enum(ACCESS_ACTIONS).optional(),
  eventId: uuid.optional(),
  /** In Seoul. */
  from: dayInput.optional(),
  /** Inclusive. */
  to: dayInput.optional(),
}

export const listAccessInput = z.object({
  ...filter,
  cursor: token(100).optional().meta({ description: 'nextCursor of the page before' }),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
})
export type ListAccessInput = z.output<typeof listAccessInput>

export const exportAccessInput = z.strictObject({ ...filter, purpose: exportPurpose })

const named = z.object({ id: uuid, name: z.string().nullable() })

export const accessLine = z.object({
  id: uuid,
  at: instant,
  /** Null for a failed sign-in to no account. */
  actor: z
    .object({
      kind: z.enum(ACTOR_KINDS),
      /** Null for the operator and an automatic draw. */
      id: uuid.nullable(),
      /** Null where the user deleted the account, and for operator and entrants. */
      name: z.string().nullable(),
      role: z.enum(['owner', 'staff']).nullable(),
    })
    .nullable(),
  clientAddress: z.string(),
  action: z.enum(ACCESS_ACTIONS),
  event: named.nullable(),
  /**
   * The participant (named by the application number), API key, user or invitation (named by its e-mail address)
   * that it was about; without a name where that is not stored any more.
   */
  subject: named.nullable(),
  /** How many entrants' data it gave access to. */
  people: z.int(),
  purpose: z.string().nullable(),
})
export type AccessLineView = z.infer<typeof accessLine>

export const accessPage = z.object({ lines: z.array(accessLine), nextCursor: z.string().nullable() })

export const accessFilters = z.object({
  actors: z.array(named.extend({ kind: z.enum(['user', 'api-key']) })),
  events: z.array(z.object({ id: uuid, title: z.string() })),
})

export const accessReviews = z.object({
  /** The current month of Seoul's calendar, such as `2026-12`. */
  month: z.string(),
  /** Whether there are lines of before this month, and nobody looked since the month before began. */
  due: z.boolean(),
  /** Newest first. */
  reviews: z.array(
    z.object({
      month: z.string(),
      reviewedAt: instant,
      /** Null where the account was deleted. */
      reviewedBy: z.string().nullable(),
    }),
  ),
})
