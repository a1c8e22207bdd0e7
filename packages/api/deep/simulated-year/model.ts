import type { Person } from './people.ts'

/**
 * What must be stored when, from the promises alone and without the product's code. Instants are milliseconds
 * of the simulated calendar.
 */
export const DAY_MS = 86_400_000
const OTHERS_DAYS = 21
const WINNERS_DAYS = 90
const CANCELLED_DAYS = 7

export interface ShownText {
  version: number
  othersUntil: number
  winnersUntil: number
}

export interface SimulatedEvent {
  id: string
  title: string
  startsAt: number
  endsAt: number
  announcedAt: number
  winnerCount: number
  visitBonus: number
  /** Whether the draw starts by itself, a minute after the end. */
  drawsAutomatically: boolean
  /** Versions of the consent text that somebody may have entered under. */
  texts: ShownText[]
  entries: Entry[]
  status: 'published' | 'drawn' | 'cancelled'
  cancelledAt: number | null
  /** When the owner had everything destroyed. */
  requestedAt: number | null
  drawLogId: string | null
  /** What the owner will do, and when. */
  plan: { drawAt: number; cancelAt: number; moveAt: number; redrawAt: number; destroyAt: number }
}

export interface Entry {
  event: SimulatedEvent
  person: Person
  /** As it was typed. */
  phoneNumber: string
  name: string
  participantId: string
  applicationNumber: string
  /** The version of the text that was shown. */
  version: number
  /** The ends of the days that the text named. */
  promised: { others: number; winners: number }
  withdrawnAt: number | null
  /** Whether the entrant holds a slot, or waits for one. */
  holds: boolean
  receipt: unknown
}

export const shownText = (version: number, announcedAt: number): ShownText => ({
  version,
  othersUntil: announcedAt + OTHERS_DAYS * DAY_MS,
  winnersUntil: announcedAt + WINNERS_DAYS * DAY_MS,
})

/** When everybody's data of an event that is still undrawn is due, and the event is cancelled. */
export const undrawnUntil = ({ announcedAt, texts }: SimulatedEvent): number =>
  Math.min(announcedAt + OTHERS_DAYS * DAY_MS, ...texts.map(({ othersUntil }) => othersUntil))

/** When the personal data of an entry is destroyed. */
export function goneAt({ event, version, holds, withdrawnAt }: Entry): number {
  const texts = event.texts.filter((text) => text.version >= version)
  const others = Math.min(
    event.announcedAt + OTHERS_DAYS * DAY_MS,
    ...texts.map(({ othersUntil }) => othersUntil),
  )
  const winners = Math.min(
    event.announcedAt + WINNERS_DAYS * DAY_MS,
    ...texts.map(({ winnersUntil }) => winnersUntil),
  )
  const byDate =
    event.cancelledAt !== null
      ? Math.min(event.cancelledAt + CANCELLED_DAYS * DAY_MS, others)
      : holds
        ? winners
        : others
  return Math.min(byDate, event.requestedAt ?? Infinity, withdrawnAt ?? Infinity)
}

/** The end of the last day that the text allows, whatever the code does. */
export const promisedEnd = ({ event, promised, holds }: Entry): number =>
  event.status === 'drawn' && holds ? promised.winners : promised.others
