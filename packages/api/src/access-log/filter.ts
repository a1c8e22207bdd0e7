import type { AccessFilter } from '@eungmo/db/queries/access-log-pages'
import { DAY_MS, startOfSeoulDay } from '../seoul-time.ts'
import type { ListAccessInput } from './schema.ts'

type DayFilter = Pick<ListAccessInput, 'actorId' | 'action' | 'eventId' | 'from' | 'to'>

/** Noon in UTC is the same day in Seoul. */
const startOf = (day: string): Date => new Date(startOfSeoulDay(`${day}T12:00:00Z`))

/** The filter for the database: days become instants, from the first day's start to the last one's end. */
export const toAccessFilter = ({ actorId, action, eventId, from, to }: DayFilter): AccessFilter => ({
  actorId,
  action,
  eventId,
  from: from === undefined ? undefined : startOf(from),
  until: to === undefined ? undefined : new Date(startOf(to).getTime() + DAY_MS),
})

/** Whether the filter leaves anything out. */
export const isFiltered = (filter: AccessFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined)
