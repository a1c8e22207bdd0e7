import * as m from '#lib/paraglide/messages.js'
import { type EventDraft, newDraft, newPrize } from './event-draft.ts'

export const startingPointIds = ['opening', 'tasting', 'birthday', 'regulars', 'holiday'] as const
export type StartingPointId = (typeof startingPointIds)[number]

interface StartingPoint {
  name: () => string
  title: () => string
  story: () => string
  prize: () => string
  winnerCount: number
  days: number
}

/** The texts promise nothing that a field of the form can change, such as a visit bonus. */
const startingPoints: Record<StartingPointId, StartingPoint> = {
  opening: {
    name: m.start_opening,
    title: m.start_opening_title,
    story: m.start_opening_story,
    prize: m.start_opening_prize,
    winnerCount: 5,
    days: 14,
  },
  tasting: {
    name: m.start_tasting,
    title: m.start_tasting_title,
    story: m.start_tasting_story,
    prize: m.start_tasting_prize,
    winnerCount: 10,
    days: 7,
  },
  birthday: {
    name: m.start_birthday,
    title: m.start_birthday_title,
    story: m.start_birthday_story,
    prize: m.start_birthday_prize,
    winnerCount: 3,
    days: 10,
  },
  regulars: {
    name: m.start_regulars,
    title: m.start_regulars_title,
    story: m.start_regulars_story,
    prize: m.start_regulars_prize,
    winnerCount: 3,
    days: 14,
  },
  // Names neither Seollal nor Chuseok, and no date: both follow the moon, and shops begin weeks before.
  holiday: {
    name: m.start_holiday,
    title: m.start_holiday_title,
    story: m.start_holiday_story,
    prize: m.start_holiday_prize,
    winnerCount: 3,
    days: 10,
  },
}

export const startingPointName = (id: StartingPointId): string => startingPoints[id].name()

/** A draft with title, story, prize and dates of a starting point, in the language of the page; null: an empty one. */
export function draftFrom(id: StartingPointId | null, now: number): EventDraft {
  if (id === null) return newDraft(now)
  const { title, story, prize, winnerCount, days } = startingPoints[id]
  return {
    ...newDraft(now, days),
    title: title(),
    story: story(),
    prizes: [{ ...newPrize(), name: prize(), count: winnerCount }],
  }
}
