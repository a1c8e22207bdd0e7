import { z } from 'zod'
import type { Product } from '../bench/product.ts'

const HOUR_MS = 3_600_000

const createdEvent = z.object({ id: z.string() })
const drawnEvent = z.object({ drawLogId: z.string() })

/**
 * The product's OpenAPI document, in which the ids of events and draws that exist stand next to the schema of any id:
 * random ids alone would never get past 404.
 */
export async function documentWithKnownIds(product: Product): Promise<unknown> {
  const response = await fetch(`${product.baseUrl}/api/openapi.json`)
  if (!response.ok) throw new Error(`/api/openapi.json: ${response.status}`)
  const ids = await existingIds(product)
  return JSON.parse(JSON.stringify(await response.json()), (_key, value: unknown) => withIds(value, ids))
}

interface KnownIds {
  eventId: string[]
  drawLogId: string[]
}

/** An open event, one to lock, and a drawn one with its draw. */
async function existingIds(product: Product): Promise<KnownIds> {
  const open = await createEvent(product)
  const drawn = await createEvent(product)
  for (let n = 0; n < 8; n++)
    await post(product, '/participations', {
      eventId: drawn,
      name: '김은모',
      phoneNumber: `010-2345-670${n}`,
      entryPath: 'SNS',
      privacyConsent: true,
    })
  const terms = { winnerCount: 2, visitBonus: false }
  const { drawLogId } = drawnEvent.parse(await post(product, `/events/${drawn}/draw-winners`, terms))
  return { eventId: [open, product.event.id, drawn], drawLogId: [drawLogId] }
}

async function createEvent(product: Product): Promise<string> {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
  const { id } = createdEvent.parse(
    await post(product, '/events', {
      title: '무작위 시험 이벤트',
      startsAt: at(-1),
      endsAt: at(240),
      announcementDate: at(264),
      winnerCount: 2,
      alternateCount: 2,
    }),
  )
  await post(product, `/events/${id}/publish`, {})
  return id
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

/** A parameter of the path or a property of a body that takes an id. */
function withIds(value: unknown, ids: KnownIds): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('in' in value && value.in === 'path' && 'name' in value && 'schema' in value) {
    const known = value.name === 'eventId' || value.name === 'drawLogId' ? ids[value.name] : undefined
    return known ? { ...value, schema: oneOf(known, value.schema) } : value
  }
  // Of request bodies only: responses have further properties of that name.
  if ('privacyConsent' in value && 'eventId' in value)
    return { ...value, eventId: oneOf(ids.eventId, value.eventId) }
  return value
}

const oneOf = (known: string[], schema: unknown) => ({ anyOf: [{ enum: known }, schema] })
