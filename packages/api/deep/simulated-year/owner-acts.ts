import { attempt } from './installation.ts'
import { DAY_MS, type SimulatedEvent, shownText } from './model.ts'
import { randomText, spelled } from './people.ts'
import { checkSatOut, entriesOfEarlierWinners } from './sit-out.ts'
import { count, type Year } from './year.ts'

const HOUR_MS = 3_600_000
const MINUTES_PER_DAY = 24 * 60

/** From the end of an event that draws by itself to the announcement at least. */
const MIN_DRAW_MS = 400_000

const never = Infinity

/** Publishes an event with random terms, and plans what becomes of it. */
export async function publishEvent(year: Year): Promise<void> {
  const { random, installation } = year
  const days = (from: number, to: number) =>
    random.int(from * MINUTES_PER_DAY, to * MINUTES_PER_DAY) * 60_000 + random.int(0, 59_999)
  const startsAt = year.now() - HOUR_MS
  const endsAt = startsAt + DAY_MS + days(0, 9)
  const drawsAutomatically = random.chance(0.4)
  const announcedAt = endsAt + (drawsAutomatically ? MIN_DRAW_MS : 0) + days(0, 6)
  const title = randomText(random, random.int(2, 5))
  const winnerCount = random.int(1, 3)
  const visitBonus = random.pick([0, 1, 3])
  const { id } = await installation.owner.events.create({
    title,
    story: randomText(random, random.int(0, 30)),
    startsAt: year.toStored(startsAt),
    endsAt: year.toStored(endsAt),
    announcementDate: year.toStored(announcedAt),
    winnerCount,
    alternateCount: random.int(0, 2),
    visitBonus,
    drawsAutomatically,
    sitOutMonths: random.pick([0, 1, 2, 3]),
  })
  await installation.owner.events.publish({ eventId: id })
  const fate = random.int(1, 10)
  // Of those that draw by themselves, some owners do it by hand, perhaps before the time.
  const drawAt = fate <= 8 && (!drawsAutomatically || random.chance(0.2)) ? endsAt + days(-1, 3) : never
  year.events.push({
    id,
    title,
    startsAt,
    endsAt,
    announcedAt,
    winnerCount,
    visitBonus,
    drawsAutomatically,
    texts: [shownText(1, announcedAt)],
    entries: [],
    status: 'published',
    cancelledAt: null,
    requestedAt: null,
    drawLogId: null,
    plan: {
      drawAt,
      cancelAt: fate === 9 ? startsAt + days(0, 12) : never,
      moveAt: random.chance(0.25) ? startsAt + days(0, 8) : never,
      redrawAt: random.chance(0.4) ? endsAt + days(0, 30) : never,
      destroyAt: random.chance(0.15) ? endsAt + days(15, 40) : never,
    },
  })
  count(year, 'events published')
}

/** Does what the owner has planned for now. */
export async function runPlan(year: Year, event: SimulatedEvent): Promise<void> {
  const { plan } = event
  const now = year.now()
  const isDue = (what: keyof SimulatedEvent['plan']) => {
    if (now < plan[what]) return false
    plan[what] = never
    return true
  }
  if (isDue('moveAt')) await moveAnnouncement(year, event)
  if (isDue('cancelAt')) await cancel(year, event)
  if (isDue('drawAt')) await draw(year, event)
  if (isDue('redrawAt')) await redraw(year, event)
  if (isDue('destroyAt')) await destroyEarly(year, event)
}

async function moveAnnouncement(year: Year, event: SimulatedEvent): Promise<void> {
  const announcedAt = event.announcedAt + year.random.int(-2, 30) * DAY_MS
  const earliest = event.endsAt + (event.drawsAutomatically ? MIN_DRAW_MS : 0)
  if (event.status !== 'published' || announcedAt < earliest) return
  const { value, code } = await attempt(
    year.installation.owner.events.update({
      eventId: event.id,
      announcementDate: year.toStored(announcedAt),
    }),
    ['TERMS_FIXED'],
  )
  count(year, `announcements moved: ${code ?? 'done'}`)
  if (!value) return
  // Nobody has entered: the texts so far bind nobody.
  if (event.entries.length === 0) event.texts = []
  event.announcedAt = announcedAt
  await readNewText(year, event)
}

/** Notes a version of the consent text that a change may have created. */
export async function readNewText(year: Year, event: SimulatedEvent): Promise<void> {
  const { consent } = await year.installation.anonymous.events.get({ eventId: event.id })
  if (event.texts.at(-1)?.version !== consent.version)
    event.texts.push(shownText(consent.version, event.announcedAt))
}

async function cancel(year: Year, event: SimulatedEvent): Promise<void> {
  if (event.status !== 'published') return
  event.cancelledAt = year.now()
  await year.installation.owner.events.cancel({ eventId: event.id })
  event.status = 'cancelled'
  count(year, 'events cancelled by the owner')
}

async function draw(year: Year, event: SimulatedEvent): Promise<void> {
  if (event.status !== 'published') return
  const earlierWinners = await entriesOfEarlierWinners(year, event)
  const { value, code } = await attempt(
    year.installation.owner.draws.drawWinners({
      eventId: event.id,
      winnerCount: event.winnerCount,
      visitBonus: event.visitBonus,
    }),
    ['NOT_ENOUGH_ENTRIES', 'DATA_DESTROYED'],
  )
  count(year, `draws: ${code ?? 'done'}`)
  if (!value) return
  await checkSatOut(year, event, earlierWinners)
  event.status = 'drawn'
  event.drawLogId = value.drawLogId
}

async function redraw(year: Year, event: SimulatedEvent): Promise<void> {
  if (!event.drawLogId) return
  const { random, people } = year
  const person = random.pick(event.entries)?.person ?? people.next()
  const rank = random.int(1, event.winnerCount)
  const reason = random.pick(['unreachable', 'declined', 'ineligible'])
  const note = `${person.name} ${spelled(person, random)} 전화 안 받음`
  if (reason === 'unreachable') await logContact(year, event, rank, note)
  const { code } = await attempt(
    year.installation.owner.draws.redraw({ drawLogId: event.drawLogId, ranks: [rank], reason, note }),
    [
      'DATA_DESTROYED',
      'CLAIM_OPEN',
      'NOT_ENOUGH_ENTRIES',
      'DRAW_SUPERSEDED',
      'CONFLICT',
      'VALIDATION_FAILED',
    ],
  )
  count(year, `redraws: ${code ?? 'done'}`)
}

/** One attempt is too few to withdraw the winner: its note stays until the winner's data goes. */
async function logContact(year: Year, event: SimulatedEvent, rank: number, note: string): Promise<void> {
  const { draws, winners } = year.installation.owner
  if (!event.drawLogId) return
  const { history } = await draws.get({ drawLogId: event.drawLogId })
  const holder = history.find((winner) => winner.rank === rank && winner.standing === 'selected')
  if (!holder) return
  const { drawLogId, drawRank } = holder
  const { code } = await attempt(
    winners.logContact({ contactId: Bun.randomUUIDv7(), drawLogId, drawRank, means: 'phone', note }),
    ['DATA_DESTROYED'],
  )
  count(year, `attempts to reach a winner: ${code ?? 'logged'}`)
}

async function destroyEarly(year: Year, event: SimulatedEvent): Promise<void> {
  const requestedAt = year.now()
  const { value, code } = await attempt(
    year.installation.owner.destruction.destroyEarly({ eventId: event.id, title: event.title }),
    ['CLAIM_OPEN', 'CONFLICT', 'DATA_DESTROYED'],
  )
  count(year, `early destructions: ${code ?? 'done'}`)
  if (value) event.requestedAt = requestedAt
}
