import type { SimulatedEvent } from './model.ts'
import { readSatOut } from './sit-out.ts'
import { count, type Year } from './year.ts'

const DRAW_DELAY_MS = 60_000

/** Reads what the day's jobs made of the events that draw by themselves, and returns where they broke the promise. */
export async function noteAutomaticDraws(year: Year): Promise<string[]> {
  const problems: string[] = []
  for (const event of year.events) {
    const isDue = event.drawsAutomatically && year.now() >= event.endsAt + DRAW_DELAY_MS
    if (isDue && event.status === 'published') problems.push(...(await noteDraw(year, event)))
  }
  return problems
}

async function noteDraw(year: Year, event: SimulatedEvent): Promise<string[]> {
  const { owner } = year.installation
  const { status, cancelReason } = await owner.events.getForOwner({ eventId: event.id })
  const satOut = await readSatOut(year, event.id)
  const takesPart = event.entries.some(
    ({ participantId, withdrawnAt }) => withdrawnAt === null && !satOut.has(participantId),
  )
  if (status === 'cancelled' && cancelReason === 'no-entries') {
    event.status = 'cancelled'
    event.cancelledAt = year.now()
    count(year, 'automatic draws: nobody took part')
    return takesPart ? [`event ${event.id} was cancelled although somebody takes part`] : []
  }
  const [log, ...others] = await owner.draws.list({ eventId: event.id })
  if (status !== 'drawn' || !log?.isAutomatic || others.length > 0)
    return [`event ${event.id} was not drawn at its time: it is ${status}`]
  event.status = 'drawn'
  event.drawLogId = log.drawLogId
  count(year, 'automatic draws: done')
  return takesPart ? [] : [`event ${event.id} was drawn although nobody takes part`]
}
