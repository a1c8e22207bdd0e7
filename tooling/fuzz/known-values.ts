import { z } from 'zod'
import type { Product } from '../bench/product.ts'

const HOUR_MS = 3_600_000
const ENTRIES_PER_EVENT = 8
const WINNERS_PER_EVENT = 2

const createdEvent = z.object({ id: z.string() })
const createdEntry = z.object({ applicationNumber: z.string() })
const ownData = z.object({ proof: z.string() })
const participantPage = z.object({ items: z.array(z.object({ participantId: z.string() })) })
const drawnEvent = z.object({ drawLogId: z.string() })

const bodySchema = z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() })
type Body = z.infer<typeof bodySchema>

/** Only what gets known values; everything else stays as it is. */
const operationSchema = z.looseObject({
  parameters: z.array(z.looseObject({ in: z.string(), name: z.string(), schema: z.unknown() })).optional(),
  requestBody: z
    .looseObject({
      content: z.looseObject({
        'application/json': z.looseObject({ schema: bodySchema }),
      }),
    })
    .optional(),
})
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
})

export type OpenApi = z.infer<typeof documentSchema>

/**
 * The product's OpenAPI document, in which ids and values that fit each other stand next to the schema of any value:
 * random ones alone would hardly ever get past 404, nor past the rules between fields. Creates the events that it names.
 */
export async function documentWithKnownValues(product: Product): Promise<OpenApi> {
  const response = await fetch(`${product.baseUrl}/api/openapi.json`)
  if (!response.ok) throw new Error(`/api/openapi.json: ${response.status}`)
  const document = documentSchema.parse(await response.json())
  const values = await knownValues(product)
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const known = { ...values.everywhere, ...values.operations[`${method.toUpperCase()} ${path}`] }
      for (const parameter of operation.parameters ?? [])
        if (parameter.in === 'path') parameter.schema = orOneOf(known[parameter.name], parameter.schema)
      const json = operation.requestBody?.content['application/json']
      if (json?.schema.properties?.beacon) json.schema.properties.beacon = WITHOUT_BEACON
      if (json) json.schema = orWithKnown(known, json.schema)
    }
  return document
}

/** The operations of a document, such as `GET /events/{eventId}`. */
export function operationsOf({ paths }: OpenApi): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
}

/** Public randomness needs relays outside this machine: without them its draws get the documented 503, a server error. */
const WITHOUT_BEACON = { enum: ['none'] }

/** The schema of a body, or one in which the fields with known values have no others; without any, they are left out. */
function orWithKnown(known: Values, schema: Body): Body {
  const properties = Object.entries(schema.properties ?? {})
  if (!properties.some(([name]) => known[name])) return schema
  const narrowed = properties
    .filter(([name]) => known[name]?.length !== 0)
    .map(([name, field]) => [name, known[name] ? { enum: known[name] } : field])
  return { anyOf: [{ ...schema, properties: Object.fromEntries(narrowed) }, schema] }
}

const orOneOf = (known: readonly unknown[] | undefined, schema: unknown) =>
  known ? { anyOf: [{ enum: known }, schema] } : schema

type Values = Record<string, readonly unknown[]>

/** By the name of a parameter or of a body's field. */
async function knownValues(
  product: Product,
): Promise<{ everywhere: Values; operations: Record<string, Values> }> {
  const dates = datesOfOpenEvent()
  const today = dates.startsAt.slice(0, 'yyyy-mm-dd'.length)
  const draft = await several(() => createEvent(product))
  const open = await several(() => createOpenEvent(product))
  const toDraw = await several(() => createEnteredEvent(product))
  const drawn = await several(() => createEnteredEvent(product))
  const cancelled = await cancelEvent(product, await createOpenEvent(product))
  const excluded = await createEntry(product, await createOpenEvent(product))
  const read = await createEntry(product, await createOpenEvent(product))
  const corrected = await proveEntry(product, await createEntry(product, await createOpenEvent(product)))
  const withdrawn = await proveEntry(product, await createEntry(product, await createOpenEvent(product)))
  const draws = await Promise.all(drawn.map((eventId) => draw(product, eventId)))
  const ofParticipant = {
    eventId: [excluded.eventId],
    participantId: await participantIds(product, excluded.eventId),
  }
  const terms = {
    winnerCount: [WINNERS_PER_EVENT],
    prizes: [[{ name: '커피 쿠폰', count: WINNERS_PER_EVENT }]],
    alternateCount: [1],
    startsAt: [dates.startsAt],
    endsAt: [dates.endsAt],
    announcementDate: [dates.announcementDate],
  }
  return {
    everywhere: { eventId: [...open, ...drawn], drawLogId: draws },
    operations: {
      'POST /events/{eventId}/participants/search': {
        q: ['김은모', '김ㅇ', '6701', ''],
        entryPath: ['SNS', '우리동네TV'],
        from: [today],
        to: [today],
      },
      'POST /participations': { eventId: open, entryPath: ['SNS', '우리동네TV'] },
      'POST /participations/own-data': { ...listed(read), proof: [] },
      'POST /participations/correct-name': { ...listed(corrected), name: ['김은모', '이하늘'] },
      'POST /participations/withdraw': { ...listed(withdrawn), receipt: [] },
      'POST /participations/withdraw-marketing': listed(corrected),
      'POST /events': terms,
      'PATCH /events/{eventId}': { ...terms, eventId: [...draft, ...open, ...drawn] },
      'POST /events/{eventId}/publish': { eventId: [...draft, ...open] },
      'PUT /events/{eventId}/participants/{participantId}/exclusion': ofParticipant,
      'DELETE /events/{eventId}/participants/{participantId}/exclusion': ofParticipant,
      'POST /events/{eventId}/draw-winners': {
        eventId: toDraw,
        winnerCount: [WINNERS_PER_EVENT],
        alternateCount: [1],
      },
      'GET /events/{eventId}/transcript': { eventId: [cancelled, ...drawn] },
      'POST /draws/{drawLogId}/redraw': { ranks: [[1], [2], [1, 2]] },
    },
  }
}

const EVENTS_PER_KIND = 4

async function several(create: () => Promise<string>): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < EVENTS_PER_KIND) ids.push(await create())
  return ids
}

function datesOfOpenEvent() {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
  return { startsAt: at(-1), endsAt: at(240), announcementDate: at(264) }
}

async function createEvent(product: Product): Promise<string> {
  const event = {
    title: '무작위 시험 이벤트',
    ...datesOfOpenEvent(),
    winnerCount: WINNERS_PER_EVENT,
    alternateCount: 1,
  }
  return createdEvent.parse(await post(product, '/events', event)).id
}

async function createOpenEvent(product: Product): Promise<string> {
  const id = await createEvent(product)
  await post(product, `/events/${id}/publish`, {})
  return id
}

async function createEnteredEvent(product: Product): Promise<string> {
  const eventId = await createOpenEvent(product)
  for (let n = 0; n < ENTRIES_PER_EVENT; n += 1) await createEntry(product, eventId, n)
  return eventId
}

interface Entry {
  eventId: string
  applicationNumber: string
  phoneNumber: string
}

async function createEntry(product: Product, eventId: string, n = 0): Promise<Entry> {
  const phoneNumber = `010-2345-670${n}`
  const entry = { eventId, name: '김은모', phoneNumber, entryPath: 'SNS', privacyConsent: true }
  const { applicationNumber } = createdEntry.parse(await post(product, '/participations', entry))
  return { eventId, applicationNumber, phoneNumber }
}

async function participantIds({ baseUrl, apiKey }: Product, eventId: string): Promise<string[]> {
  const response = await fetch(`${baseUrl}/api/v1/events/${eventId}/participants`, {
    headers: { authorization: `Bearer ${apiKey}` },
  })
  return participantPage.parse(await response.json()).items.map(({ participantId }) => participantId)
}

/** The entry with the proof that its holder changes it by. */
async function proveEntry(product: Product, entry: Entry): Promise<{ eventId: string; proof: string }> {
  const { proof } = ownData.parse(await post(product, '/participations/own-data', entry))
  return { eventId: entry.eventId, proof }
}

const listed = (fields: object): Values =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]))

/** REST does not offer it: the owner signs in and uses the page's procedure. */
async function cancelEvent({ baseUrl, owner }: Product, eventId: string): Promise<string> {
  const origin = { origin: baseUrl }
  const body = new URLSearchParams(owner)
  const signedIn = await fetch(`${baseUrl}/login`, {
    method: 'POST',
    headers: origin,
    body,
    redirect: 'manual',
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const response = await fetch(`${baseUrl}/api/trpc/events.cancel`, {
    method: 'POST',
    headers: { ...origin, cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ eventId }),
  })
  if (!response.ok) throw new Error(`events.cancel: ${response.status} ${await response.text()}`)
  return eventId
}

async function draw(product: Product, eventId: string): Promise<string> {
  const terms = { winnerCount: WINNERS_PER_EVENT, visitBonus: false }
  return drawnEvent.parse(await post(product, `/events/${eventId}/draw-winners`, terms)).drawLogId
}

async function post({ baseUrl, apiKey }: Product, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${baseUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
