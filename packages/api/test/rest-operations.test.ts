import { expect, test } from 'vitest'
import type { Viewer } from '../src/context.ts'
import { toErrorResponse } from '../src/errors/error-response.ts'
import { documentChecker } from './support/document-checker.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api, members, callers } = await startTwoShops()

/** What the operations act on: each way has its own event, so that both can change it. */
interface World {
  eventId: string
  drawLogId: string
  /** Of the newest entry. */
  participantId?: string
  /** Of the first entry. */
  applicationNumber?: unknown
  receipt?: unknown
  proof?: unknown
}

interface Operation {
  procedure: string
  viewer: keyof typeof members | 'anonymous'
  input(world: World): Record<string, unknown>
}

const ofEvent = ({ eventId }: World) => ({ eventId })
const ofParticipant = ({ eventId, participantId }: World) => ({ eventId, participantId })
const ofDraw = ({ drawLogId }: World) => ({ drawLogId })
const cancelled = await createOpenEvent(callers.owner)
await callers.owner.events.cancel({ eventId: cancelled.id })

/** In the order in which an event meets them. */
const operations: Record<string, Operation> = {
  'POST /events': { procedure: 'events.create', viewer: 'owner', input: () => ({ ...eventInput() }) },
  'PATCH /events/{eventId}': {
    procedure: 'events.update',
    viewer: 'owner',
    input: (world) => ({ ...ofEvent(world), title: '새 제목' }),
  },
  'POST /events/{eventId}/duplicate': { procedure: 'events.duplicate', viewer: 'owner', input: ofEvent },
  'POST /events/{eventId}/publish': { procedure: 'events.publish', viewer: 'owner', input: ofEvent },
  'GET /events/{eventId}': { procedure: 'events.get', viewer: 'anonymous', input: ofEvent },
  'POST /participations': {
    procedure: 'participations.register',
    viewer: 'anonymous',
    input: ({ eventId }) => ({ ...entryInput(eventId, 1) }),
  },
  'POST /participations/own-data': {
    procedure: 'participations.ownData',
    viewer: 'anonymous',
    input: ({ eventId, applicationNumber }) => ({
      eventId,
      applicationNumber,
      phoneNumber: entryInput(eventId, 1).phoneNumber,
    }),
  },
  'POST /participations/correct-name': {
    procedure: 'participations.correctName',
    viewer: 'anonymous',
    input: ({ eventId, proof }) => ({ eventId, proof, name: '김바다' }),
  },
  'POST /participations/withdraw-marketing': {
    procedure: 'participations.withdrawMarketing',
    viewer: 'anonymous',
    input: ({ eventId, proof }) => ({ eventId, proof }),
  },
  'GET /events/{eventId}/participants': {
    procedure: 'participants.list',
    viewer: 'staff',
    input: ofEvent,
  },
  'POST /events/{eventId}/participants/search': {
    procedure: 'participants.search',
    viewer: 'staff',
    input: (world) => ({ ...ofEvent(world), q: '김' }),
  },
  'PUT /events/{eventId}/participants/{participantId}/exclusion': {
    procedure: 'exclusions.exclude',
    viewer: 'owner',
    input: (world) => ({ ...ofParticipant(world), reason: 'staff' }),
  },
  'DELETE /events/{eventId}/participants/{participantId}/exclusion': {
    procedure: 'exclusions.undo',
    viewer: 'owner',
    input: ofParticipant,
  },
  'GET /events/{eventId}/analytics': { procedure: 'analytics.get', viewer: 'staff', input: ofEvent },
  'GET /events/{eventId}/chain': { procedure: 'draws.chain', viewer: 'anonymous', input: ofEvent },
  'GET /events/{eventId}/transcript': {
    procedure: 'draws.cancelledTranscript',
    viewer: 'anonymous',
    input: () => ({ eventId: cancelled.id }),
  },
  'POST /events/{eventId}/draw-winners': {
    procedure: 'draws.drawWinners',
    viewer: 'owner',
    input: (world) => ({ ...ofEvent(world), winnerCount: 2, visitBonus: 0 }),
  },
  'GET /events/{eventId}/draws': { procedure: 'draws.list', viewer: 'staff', input: ofEvent },
  'GET /draws/{drawLogId}': { procedure: 'draws.get', viewer: 'staff', input: ofDraw },
  'GET /draws/{drawLogId}/transcript': { procedure: 'draws.transcript', viewer: 'anonymous', input: ofDraw },
  'GET /draws/{drawLogId}/entries': { procedure: 'draws.entries', viewer: 'anonymous', input: ofDraw },
  'POST /draws/{drawLogId}/redraw': {
    procedure: 'draws.redraw',
    viewer: 'owner',
    input: (world) => ({ ...ofDraw(world), ranks: [1], reason: 'declined' }),
  },
  'POST /participations/withdraw': {
    procedure: 'participations.withdraw',
    viewer: 'anonymous',
    input: ({ eventId, proof, receipt }) => ({ eventId, proof, receipt }),
  },
}

interface Outcome {
  status: number
  body: unknown
  retryAfter: string | null
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const viewerOf = (name: Operation['viewer']): Viewer =>
  name === 'anonymous' ? { kind: 'anonymous' } : members[name]

/** The outcome that the procedure has without HTTP. */
async function callProcedure(path: string, viewer: Viewer, input: unknown): Promise<Outcome> {
  let at: unknown = api.as(viewer)
  for (const name of path.split('.')) at = Reflect.get(Object(at), name)
  if (typeof at !== 'function') throw new TypeError(`No procedure ${path}`)
  try {
    const creates = ['events.create', 'events.duplicate', 'participations.register']
    const status = creates.includes(path) ? 201 : 200
    return { status, body: asJson(await at(input)), retryAfter: null }
  } catch (error) {
    const { status, body, headers } = toErrorResponse(error, 'ko')
    return { status, body: asJson(body), retryAfter: headers['Retry-After'] ?? null }
  }
}

/** The outcome over REST: what the address does not hold is in the query, or in the body. */
async function callRest(name: string, viewer: Viewer, input: Record<string, unknown>): Promise<Outcome> {
  const [method = '', template = ''] = name.split(' ')
  const rest = { ...input }
  const path = template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(rest[key])
    delete rest[key]
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams(
    Object.entries(rest).map(([key, value]): [string, string] => [key, String(value)]),
  )
  const response =
    method === 'GET' || method === 'DELETE'
      ? await api.rest(method, `${path}?${query}`, { viewer })
      : await api.rest(method, path, { viewer, body: rest })
  expect(response.headers.get('content-type'), name).toContain('application/json')
  expect(response.headers.get('www-authenticate'), name).toBe(response.status === 401 ? 'Bearer' : null)
  return { status: response.status, body: response.body, retryAfter: response.headers.get('retry-after') }
}

/** Those whom the operation rejects. */
function othersThan(viewer: Operation['viewer'], name: string): Operation['viewer'][] {
  if (viewer === 'anonymous') return []
  const below: Operation['viewer'][] = viewer === 'owner' ? ['anonymous', 'staff'] : ['anonymous']
  return name === 'POST /events' ? below : [...below, 'stranger']
}

/** Names and types without values: two events have different ids and winners. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
}

test('every operation of the document has its place in this test', () => {
  const checker = documentChecker()
  expect(Object.keys(operations).sort()).toEqual(checker.untested().sort())
})

test('an operation over REST has the outcome of its procedure, for every viewer, right and wrong', async () => {
  const create = async (): Promise<World> => ({
    eventId: (await callers.owner.events.create(eventInput())).id,
    drawLogId: Bun.randomUUIDv7(),
  })
  const [overRest, direct] = [await create(), await create()]
  for (const [name, { procedure, viewer, input }] of Object.entries(operations)) {
    for (const other of othersThan(viewer, name)) {
      const [as, sent] = [viewerOf(other), input(overRest)]
      expect(await callRest(name, as, sent), `${name} as ${other}`).toEqual(
        await callProcedure(procedure, as, sent),
      )
    }
    const wrong = { ...input(overRest), unknown: 'x' }
    expect(await callRest(name, viewerOf(viewer), wrong), `${name} with a wrong key`).toEqual(
      await callProcedure(procedure, viewerOf(viewer), wrong),
    )
    const rest = await callRest(name, viewerOf(viewer), input(overRest))
    const isRead = name.startsWith('GET') || name.endsWith('/search')
    const own = await callProcedure(procedure, viewerOf(viewer), input(isRead ? overRest : direct))
    if (isRead) expect(rest, name).toEqual(own)
    else expect({ ...rest, body: shapeOf(rest.body) }, name).toEqual({ ...own, body: shapeOf(own.body) })
    expect(rest.status, name).toBeLessThan(300)
    if (isRead) continue
    for (const [world, outcome] of [
      [overRest, rest],
      [direct, own],
    ] as const) {
      const body = Object(outcome.body)
      const id: unknown = Reflect.get(body, 'drawLogId')
      if (typeof id === 'string') world.drawLogId = id
      for (const key of ['applicationNumber', 'receipt', 'proof'] as const)
        world[key] ??= Reflect.get(body, key)
      // Two are drawn, and a redraw needs a third.
      if (procedure === 'participations.register')
        for (const n of [2, 3]) await api.anonymous.participations.register(entryInput(world.eventId, n))
      const { items } = await callers.owner.participants.list({ eventId: world.eventId, limit: 1 })
      world.participantId = items[0]?.participantId ?? world.participantId
    }
  }
})
