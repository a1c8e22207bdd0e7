import type { ParticipantFilter } from '@eungmo/db/queries/participant-filter'
import { z } from 'zod'
import { DAY_MS } from '../seoul-time.ts'
import { dayInput, token } from '../validation/fields.ts'

const MAX_PATH_LENGTH = 100

/** The fields of a filter, of which everything that is set has to hold. A flag is `true` or absent. */
const filterFields = <Flag extends z.ZodType<true>>(flag: Flag) => ({
  entryPath: token(MAX_PATH_LENGTH).optional().meta({ description: 'Only of this entry path' }),
  visited: flag.optional().meta({ description: 'Only who visited' }),
  isWinner: flag.optional().meta({ description: 'Only who ever won' }),
  excluded: flag
    .optional()
    .meta({ description: 'Only who takes no part in the draw, without having withdrawn' }),
  withdrawn: flag.optional().meta({ description: 'Only who withdrew' }),
  from: dayInput.optional().meta({ description: 'Only who entered on this day in Korea or later' }),
  to: dayInput.optional().meta({ description: 'Only who entered on this day in Korea or earlier' }),
})

/** Of a body. */
export const bodyFilter = filterFields(z.literal(true))
/** Of a query, whose values are texts. */
export const queryFilter = filterFields(z.enum(['true']).transform(() => true as const))

export interface FilterInput extends Omit<ParticipantFilter, 'since' | 'until'> {
  /** Days in Korea, both included, such as `2026-12-20`. */
  from?: string | undefined
  to?: string | undefined
}

/** A rule of an input with a filter: the days are in order. */
export const hasDaysInOrder = ({ from, to }: FilterInput): boolean =>
  from === undefined || to === undefined || from <= to
export const daysNotInOrder = { path: ['to'], error: 'day.before_first' }

const startOfDay = (day: string) => new Date(`${day}T00:00:00+09:00`)

/** What a request filters by, as the database is queried. */
export function toParticipantFilter({ from, to, ...rest }: FilterInput): ParticipantFilter {
  return {
    ...rest,
    ...(from !== undefined && { since: startOfDay(from) }),
    ...(to !== undefined && { until: new Date(startOfDay(to).getTime() + DAY_MS) }),
  }
}
