import { describe, expect, it } from 'vitest'
import type { Actor } from '../src/context.ts'
import { toErrorResponse } from '../src/errors/error-response.ts'
import { exportParticipants } from '../src/participants/export-participants.ts'
import { exportPrizeTax } from '../src/participants/export-prize-tax.ts'
import { exportWinners } from '../src/participants/export-winners.ts'
import { MAX_IDLE_MS, RECENT_SIGN_IN_MS } from '../src/recent-session.ts'
import { appRouter } from '../src/router.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api, members, callers } = await startTwoShops()
const before = (ms: number) => new Date(Date.now() - ms)
const signedIn = (ms: number): Actor => ({ ...members.owner, authenticatedAt: before(ms) }) as Actor

async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call()
    return 'none'
  } catch (error) {
    return toErrorResponse(error, 'ko').body.code
  }
}

/** What a procedure returns for an empty input, which comes after who may call it. */
function call(path: string, viewer: Actor): Promise<string> {
  let at: unknown = api.as(viewer)
  for (const name of path.split('.')) at = Reflect.get(Object(at), name)
  if (typeof at !== 'function') throw new TypeError(`No procedure ${path}`)
  return codeOf(() => at({}))
}

/** The procedures that change who has access. */
const GUARDED = [
  'apiKeys.create',
  'apiKeys.revoke',
  'shops.changeRole',
  'shops.handOver',
  'shops.removeMember',
]

describe('a session whose holder signed in more than 15 minutes ago', () => {
  it.each(Object.keys(appRouter._def.procedures))(
    '%s asks to sign in again, or works as before',
    async (path) => {
      const old = await call(path, signedIn(RECENT_SIGN_IN_MS + 1_000))
      const recent = await call(path, signedIn(RECENT_SIGN_IN_MS - 60_000))
      expect(recent).not.toBe('SIGN_IN_AGAIN')
      expect(old).toBe(GUARDED.includes(path) ? 'SIGN_IN_AGAIN' : recent)
    },
  )

  it('gets no whole file, while an API key with the scope does', async () => {
    const eventId = crypto.randomUUID()
    const key: Actor = {
      kind: 'member',
      userId: members.owner.userId,
      shopId: members.owner.shopId,
      role: 'owner',
      via: 'api-key',
      apiKeyId: crypto.randomUUID(),
      scopes: ['participants:export'],
      clientAddress: '192.0.2.1',
    }
    for (const file of [exportParticipants, exportWinners, exportPrizeTax]) {
      const open = (viewer: Actor) =>
        codeOf(() => file(api.contextOf(viewer), eventId, { purpose: '당첨자 연락' }))
      expect(await open(signedIn(RECENT_SIGN_IN_MS + 1_000)), file.name).toBe('SIGN_IN_AGAIN')
      expect(await open(members.owner), file.name).toBe('NOT_FOUND')
      expect(await open(key), file.name).toBe('NOT_FOUND')
    }
  })
})

describe('a session that nobody has used for 30 minutes', () => {
  it('shows the winners with masked numbers, to an owner too', async () => {
    const { id: eventId } = await createOpenEvent(callers.owner)
    await api.anonymous.participations.register({ ...entryInput(eventId, 1) })
    const { drawLogId } = await callers.owner.draws.drawWinners({ eventId, winnerCount: 1, visitBonus: 0 })
    const numberFor = async (ms: number) => {
      const viewer = { ...members.owner, lastActiveAt: before(ms) } as Actor
      const { history } = await api.as(viewer).draws.get({ drawLogId })
      return history[0]?.phoneNumber
    }
    expect(await numberFor(MAX_IDLE_MS - 60_000)).toMatch(/^010-\d{4}-\d{4}$/)
    expect(await numberFor(MAX_IDLE_MS + 1_000)).toMatch(/^010-••••-\d{4}$/)
  })
})
