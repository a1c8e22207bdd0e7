import type { PrizeRow } from './PrizeEditor.svelte'
import { fromSeoulInput, toSeoulInput } from './seoul-input.ts'

/** What the event form holds; times as the fields take them, on Korea's clock. */
export interface EventDraft {
  title: string
  story: string
  startsAt: string
  endsAt: string
  announcementDate: string
  prizes: PrizeRow[]
  visitBonus: number
  alternateCount: number
}

const hour = 3_600_000
const day = 24 * hour

/** Good enough that title and dates suffice: from the next full hour, two weeks long, announced the day after at 14:00. */
export function newDraft(now: number): EventDraft {
  const starts = Math.ceil(now / hour) * hour
  const lastDay = toSeoulInput(starts + 14 * day).slice(0, 10)
  const after = toSeoulInput(starts + 15 * day).slice(0, 10)
  return {
    title: '',
    story: '',
    startsAt: toSeoulInput(starts),
    endsAt: `${lastDay}T21:00`,
    announcementDate: `${after}T14:00`,
    prizes: [{ name: '', count: 1 }],
    visitBonus: 1,
    alternateCount: 0,
  }
}

interface StoredEvent {
  title: string
  story: string
  startsAt: string
  endsAt: string
  announcementDate: string
  prizes: { name: string; count: number }[]
  visitBonus: number
  alternateCount: number
}

/** The form's contents for an event that exists. */
export function draftOf(event: StoredEvent): EventDraft {
  return {
    title: event.title,
    story: event.story,
    startsAt: toSeoulInput(event.startsAt),
    endsAt: toSeoulInput(event.endsAt),
    announcementDate: toSeoulInput(event.announcementDate),
    prizes: event.prizes.map(({ name, count }) => ({ name, count })),
    visitBonus: event.visitBonus,
    alternateCount: event.alternateCount,
  }
}

export type DraftError =
  | 'title'
  | 'starts-missing'
  | 'ends-missing'
  | 'ends-before-start'
  | 'announcement-missing'
  | 'announcement-before-end'
  | 'prize-name'
  | 'prize-count'

/** Field by field, what is missing or contradicts itself; prizes by position (`prizes.0`). */
export function checkDraft(draft: EventDraft): Map<string, DraftError> {
  const faults = new Map<string, DraftError>()
  if (draft.title.trim().length < 2) faults.set('title', 'title')
  const starts = fromSeoulInput(draft.startsAt)
  const ends = fromSeoulInput(draft.endsAt)
  const announced = fromSeoulInput(draft.announcementDate)
  if (!starts) faults.set('startsAt', 'starts-missing')
  if (!ends) faults.set('endsAt', 'ends-missing')
  else if (starts && Date.parse(ends) <= Date.parse(starts)) faults.set('endsAt', 'ends-before-start')
  if (!announced) faults.set('announcementDate', 'announcement-missing')
  else if (ends && Date.parse(announced) < Date.parse(ends)) {
    faults.set('announcementDate', 'announcement-before-end')
  }
  for (const [i, prize] of draft.prizes.entries()) {
    const lone = draft.prizes.length === 1
    if (!prize.name.trim() && !lone) faults.set(`prizes.${i}`, 'prize-name')
    else if (!Number.isInteger(prize.count) || prize.count < 1) faults.set(`prizes.${i}`, 'prize-count')
  }
  return faults
}

/** The draft as the API takes it; call only after `checkDraft` found nothing. `prizeName` names a lone prize left without one. */
export function draftFields(draft: EventDraft, prizeName: string) {
  return {
    title: draft.title.trim(),
    story: draft.story.trim(),
    startsAt: fromSeoulInput(draft.startsAt) ?? '',
    endsAt: fromSeoulInput(draft.endsAt) ?? '',
    announcementDate: fromSeoulInput(draft.announcementDate) ?? '',
    prizes: draft.prizes.map(({ name, count }) => ({ name: name.trim() || prizeName, count })),
    visitBonus: draft.visitBonus,
    alternateCount: draft.alternateCount,
  }
}
