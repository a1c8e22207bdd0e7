import { randomInt } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import express, { type ErrorRequestHandler, type Response } from 'express'
import pg from 'pg'
import { z } from 'zod'
import { entryPage, winnersPage } from './pages.ts'
import { events, outbox, participants, winners } from './schema.ts'

/**
 * `bun peers/express.ts <port> <database url>`: what the brief asks for, written literally with Express, zod, drizzle and
 * pg. An entry is begin, select the event, insert the participant, insert the message, commit. It signs, encrypts, limits
 * and logs nothing, and nothing publishes its outbox: it does less than the product for each request.
 */
const [port, databaseUrl] = process.argv.slice(2)
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const UNIQUE_VIOLATION = '23505'

const db = drizzle(new pg.Pool({ connectionString: databaseUrl }))

const entryInput = z.object({
  name: z.string().trim().min(1).max(50),
  phoneNumber: z.string().regex(/^010\d{8}$/),
  entryPath: z.string().max(100),
})
const restInput = entryInput.extend({ eventId: z.uuid(), privacyConsent: z.literal(true) })
const formInput = entryInput.extend({ privacyConsent: z.literal('on') })

class HttpError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const randomNumber = () => Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

async function register(eventId: string, { name, phoneNumber, entryPath }: z.infer<typeof entryInput>) {
  return db.transaction(async (tx) => {
    const [event] = await tx.select().from(events).where(eq(events.id, eventId))
    if (!event) throw new HttpError(404, 'No such event')
    const now = new Date()
    if (now < event.startsAt || now >= event.endsAt) throw new HttpError(409, 'The event is not open')
    if (!event.entryPaths.includes(entryPath)) throw new HttpError(400, 'No such entry path')
    const [participant] = await tx
      .insert(participants)
      .values({ eventId, name, phoneNumber, entryPath, applicationNumber: randomNumber() })
      .returning()
    if (!participant) throw new HttpError(500, 'Nothing was inserted')
    const { id, applicationNumber, participatedAt } = participant
    await tx.insert(outbox).values({
      eventType: 'ParticipantRegistered',
      payload: { participantId: id, eventId, entryPath, timestamp: participatedAt },
    })
    return { applicationNumber, announcementDate: event.announcementDate }
  })
}

async function findBySlug(slug: string) {
  const [event] = await db.select().from(events).where(eq(events.slug, slug))
  if (!event) throw new HttpError(404, 'No such event')
  return event
}

const sendHtml = (response: Response, html: string) => response.type('html').send(html)

const app = express()
app.use(express.json(), express.urlencoded())

app.get('/readyz', (_request, response) => {
  response.send('ok')
})

app.get('/e/:slug', async ({ params }, response) => {
  sendHtml(response, entryPage(await findBySlug(params.slug)))
})

app.post('/e/:slug', async ({ params, body }, response) => {
  const input = formInput.parse(body)
  const event = await findBySlug(params.slug)
  const { applicationNumber } = await register(event.id, input)
  response.redirect(303, `/e/${params.slug}/done?applicationNumber=${applicationNumber}`)
})

app.get('/e/:slug/winners', async ({ params }, response) => {
  const event = await findBySlug(params.slug)
  const { rank, participantId } = winners
  const { name, applicationNumber } = participants
  const drawn = await db
    .select({ rank, name, applicationNumber })
    .from(winners)
    .innerJoin(participants, eq(participants.id, participantId))
    .where(eq(winners.eventId, event.id))
    .orderBy(rank)
  sendHtml(response, winnersPage(event, drawn))
})

app.get('/api/v1/events/:id', async ({ params }, response) => {
  const [event] = await db.select().from(events).where(eq(events.id, params.id))
  if (!event) throw new HttpError(404, 'No such event')
  response.json(event)
})

app.post('/api/v1/participations', async ({ body }, response) => {
  const { eventId, ...input } = restInput.parse(body)
  const stored = await register(eventId, input)
  response.status(201).json({ ...stored, message: '참여가 완료되었습니다.' })
})

function statusOf(error: unknown): number {
  if (error instanceof HttpError) return error.status
  if (error instanceof z.ZodError) return 400
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof pg.DatabaseError && cause.code === UNIQUE_VIOLATION ? 409 : 500
}

// Express recognises a handler of errors by its four parameters.
const handleError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  response.status(statusOf(error)).json({ message: error instanceof Error ? error.message : 'Unknown error' })
}
app.use(handleError)

app.listen(Number(port), '127.0.0.1')
