import { earliestAnnouncement } from '@eungmo/api/deadlines/automatic-draw'
import { DEFAULT_CLAIM_DAYS } from '@eungmo/api/deadlines/deadlines'
import { maxAlternates, proposedAlternates } from '@eungmo/api/events/alternates'
import { DAY_MS, HOUR_MS } from '#lib/seoul-time.ts'
import { fromDateTimeInput, toDateTimeInput } from './date-time-input.ts'

export interface PrizeRow {
  name: string
  count: number
  isDelivered: boolean
  /** Null without a value; NaN, as the count, while the field holds no number from its range. */
  valueWon: number | null
  ownerPaysTax: boolean
}

/** The event form's values; times as date fields hold them, on Korea's clock. */
export interface EventDraft {
  title: string
  story: string
  /** Whether it starts the moment it is published, whatever `startsAt` holds. */
  startsAtPublication: boolean
  startsAt: string
  endsAt: string
  announcementDate: string
  prizes: PrizeRow[]
  /** Null where the draw decides; NaN while the field holds no number from its range, as are prizes' counts. */
  visitBonus: number | null
  /** Null where it follows the number of winners. */
  alternateCount: number | null
  claimDays: number
  /** For how many months winners of earlier events take no part, 0 to 3. */
  sitOutMonths: number
  /** Whether the draw starts by itself, a minute after the close. */
  drawsAutomatically: boolean
  /** Seconds; the form does not change it. */
  beaconDelay: number
  /** Whether the form has the optional marketing box. */
  asksMarketing: boolean
}

/** A prize's row before anything is filled in. */
export const newPrize = (): PrizeRow => ({
  name: '',
  count: 1,
  valueWon: null,
  ownerPaysTax: false,
  isDelivered: false,
})

const nextHour = (now: number): number => Math.ceil(now / HOUR_MS) * HOUR_MS

/** The number of winners: the sum of the prizes' counts, without those that were not understood. */
export const winnersOf = (prizes: readonly PrizeRow[]): number =>
  prizes.reduce((sum, { count }) => sum + (count || 0), 0)

/** The number of alternates; NaN while the field holds no number from its range. */
export const alternatesOf = ({ alternateCount, prizes }: EventDraft): number =>
  alternateCount ?? proposedAlternates(winnersOf(prizes))

const DEFAULT_DAYS = 14

/**
 * A draft that only needs a title and the name of a prize: from its publication, closed at 21:00, announced the
 * day after at 14:00.
 *
 * @param days until it closes; defaults to two weeks
 */
export function newDraft(now: number, days = DEFAULT_DAYS): EventDraft {
  const starts = nextHour(now)
  const lastDay = toDateTimeInput(starts + days * DAY_MS).slice(0, 10)
  const after = toDateTimeInput(starts + (days + 1) * DAY_MS).slice(0, 10)
  return {
    title: '',
    story: '',
    startsAtPublication: true,
    startsAt: toDateTimeInput(starts),
    endsAt: `${lastDay}T21:00`,
    announcementDate: `${after}T14:00`,
    prizes: [newPrize()],
    visitBonus: 1,
    alternateCount: null,
    claimDays: DEFAULT_CLAIM_DAYS,
    sitOutMonths: 0,
    drawsAutomatically: true,
    beaconDelay: 30,
    asksMarketing: false,
  }
}

/** The draft, filled again from `next` where it is still as it was filled from `before`: what was typed stays. */
export function replaceUnchanged(draft: EventDraft, before: EventDraft, next: EventDraft): EventDraft {
  const same = (key: string) =>
    JSON.stringify(Reflect.get(draft, key)) === JSON.stringify(Reflect.get(before, key))
  return { ...draft, ...Object.fromEntries(Object.entries(next).filter(([key]) => same(key))) }
}

/** A stored event, with times in ISO 8601. */
interface StoredEvent extends EventDraft {
  /** The database's clock. */
  now: string
}

/** The form's values for a stored event. */
export function draftOf(event: StoredEvent): EventDraft {
  return {
    title: event.title,
    story: event.story,
    startsAtPublication: event.startsAtPublication,
    startsAt: toDateTimeInput(event.startsAtPublication ? nextHour(Date.parse(event.now)) : event.startsAt),
    endsAt: toDateTimeInput(event.endsAt),
    announcementDate: toDateTimeInput(event.announcementDate),
    prizes: event.prizes.map((prize) => ({ ...prize })),
    visitBonus: event.visitBonus,
    alternateCount: event.alternateCount,
    claimDays: event.claimDays,
    sitOutMonths: event.sitOutMonths,
    drawsAutomatically: event.drawsAutomatically,
    beaconDelay: event.beaconDelay,
    asksMarketing: event.asksMarketing,
  }
}

export type DraftError =
  | 'title'
  | 'starts-missing'
  | 'ends-missing'
  | 'ends-before-start'
  | 'ends-past'
  | 'announcement-missing'
  | 'announcement-before-end'
  | 'announcement-before-draw'
  | 'prize-name'
  | 'prize-count'
  | 'prize-value'
  | 'number'

/**
 * What is missing or contradictory, by field; prizes by position (`prizes.0`, `prizes.0.valueWon`).
 *
 * @param now of the server, in milliseconds
 */
export function checkDraft(draft: EventDraft, now: number): Map<string, DraftError> {
  const errors = new Map<string, DraftError>()
  if (draft.title.trim().length < 2) errors.set('title', 'title')
  const starts = startOf(draft, now)
  const ends = fromDateTimeInput(draft.endsAt)
  const announced = fromDateTimeInput(draft.announcementDate)
  if (!starts) errors.set('startsAt', 'starts-missing')
  if (!ends) errors.set('endsAt', 'ends-missing')
  else if (starts && Date.parse(ends) <= Date.parse(starts))
    errors.set('endsAt', draft.startsAtPublication ? 'ends-past' : 'ends-before-start')
  if (!announced) errors.set('announcementDate', 'announcement-missing')
  else if (ends && Date.parse(announced) < Date.parse(ends)) {
    errors.set('announcementDate', 'announcement-before-end')
  } else if (isAnnouncedTooSoon(draft)) errors.set('announcementDate', 'announcement-before-draw')
  for (const [i, prize] of draft.prizes.entries()) {
    if (!prize.name.trim()) errors.set(`prizes.${i}`, 'prize-name')
    else if (!Number.isInteger(prize.count) || prize.count < 1) errors.set(`prizes.${i}`, 'prize-count')
    if (Number.isNaN(prize.valueWon)) errors.set(`prizes.${i}.valueWon`, 'prize-value')
  }
  for (const field of ['visitBonus', 'alternateCount', 'claimDays'] as const)
    if (draft[field] !== null && !Number.isInteger(draft[field])) errors.set(field, 'number')
  if (alternatesOf(draft) > maxAlternates(winnersOf(draft.prizes))) errors.set('alternateCount', 'number')
  return errors
}

/** The draft's start, as far as it is known before the publication: then it starts now. */
const startOf = (draft: EventDraft, now: number): string | null =>
  draft.startsAtPublication ? new Date(now).toISOString() : fromDateTimeInput(draft.startsAt)

/** The earliest announcement that the draft's close and draw allow; null without a close. */
export function earliestAnnouncementOf(draft: EventDraft): Date | null {
  const ends = fromDateTimeInput(draft.endsAt)
  return ends === null ? null : earliestAnnouncement({ ...draft, endsAt: new Date(ends) })
}

function isAnnouncedTooSoon(draft: EventDraft): boolean {
  const announced = fromDateTimeInput(draft.announcementDate)
  const earliest = earliestAnnouncementOf(draft)
  return announced !== null && earliest !== null && Date.parse(announced) < earliest.getTime()
}

/**
 * The draft as the API takes it, once `checkDraft` found no errors.
 *
 * @param now of the server, in milliseconds
 */
export function draftFields(draft: EventDraft, now: number) {
  return {
    title: draft.title.trim(),
    story: draft.story.trim(),
    startsAtPublication: draft.startsAtPublication,
    startsAt: startOf(draft, now) ?? '',
    endsAt: fromDateTimeInput(draft.endsAt) ?? '',
    announcementDate: fromDateTimeInput(draft.announcementDate) ?? '',
    prizes: draft.prizes.map((prize) => ({ ...prize, name: prize.name.trim() })),
    visitBonus: draft.visitBonus,
    alternateCount: alternatesOf(draft),
    claimDays: draft.claimDays,
    sitOutMonths: draft.sitOutMonths,
    drawsAutomatically: draft.drawsAutomatically,
    asksMarketing: draft.asksMarketing,
  }
}
