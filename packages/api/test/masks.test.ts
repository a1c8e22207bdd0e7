import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../src/context.ts'
import { showPeople } from '../src/personal-data/read-people.ts'
import { linesOfAccess } from './support/access-lines.ts'
import { drawNow } from './support/draws.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner, staff },
} = await startTwoShops()
const linesOf = linesOfAccess(api.sql)
const keyOf = (scope: 'participants:read' | 'participants:export'): Actor => ({
  ...members.owner,
  via: 'api-key',
  apiKeyId: Bun.randomUUIDv7(),
  scopes: [scope],
})

let eventId: string
let drawLogId: string
let participantId: string

beforeAll(async () => {
  eventId = (await createOpenEvent(owner)).id
  const { id: drawnId } = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, eventId, 3)
  await enterParticipants(api.anonymous, drawnId, 5, 20)
  ;({ drawLogId } = await drawNow(owner, { eventId: drawnId, winnerCount: 2, visitBonus: false }))
  participantId = (await owner.participants.list({ eventId })).items[0]?.participantId ?? ''
})

describe('who sees whole numbers', () => {
  const whole = /^010-\d{4}-\d{4}$/
  const masked = /^010-••••-\d{4}$/

  test('lists and searches are masked for owners and staff, and a revealed number is whole', async () => {
    for (const caller of [owner, staff]) {
      const { items } = await caller.participants.list({ eventId })
      const { items: found } = await caller.participants.search({ eventId, q: '김하늘' })
      for (const { phoneNumber } of [...items, ...found]) expect(phoneNumber).toMatch(masked)
      const revealed = await caller.participants.reveal({ eventId, participantId })
      expect(revealed.phoneNumber).toMatch(whole)
    }
  })

  test('winners are whole for owners and masked for staff', async () => {
    const { history, winners } = await owner.draws.get({ drawLogId })
    for (const { phoneNumber } of [...history, ...winners]) expect(phoneNumber).toMatch(whole)
    const seen = await staff.draws.get({ drawLogId })
    for (const { phoneNumber } of [...seen.history, ...seen.winners]) expect(phoneNumber).toMatch(masked)
  })

  test('over REST they are whole with participants:export only', async () => {
    const list = async (scope: 'participants:read' | 'participants:export') =>
      (await api.rest('GET', `/events/${eventId}/participants`, { viewer: keyOf(scope) })).body.items[0]
        .phoneNumber
    expect(await list('participants:export')).toMatch(whole)
    expect(await list('participants:read')).toMatch(/^010-\*{4}-\*\*\d\d$/)
  })

  test('the newest entries show no number and no whole name, and write no line', async () => {
    const lines = await linesOf(async () => {
      const newest = await staff.participants.newest({ eventId })
      expect(newest).toHaveLength(3)
      for (const entry of newest) {
        expect(entry.name).toBe('김***')
        expect(Object.keys(entry)).not.toContain('phoneNumber')
      }
    })
    expect(lines).toEqual([])
  })

  test('an access that was not recorded opens nothing', () => {
    const access = { actor: members.owner, action: 'export-participants', isRecorded: true } as const
    expect(() => showPeople(api.dependencies.secrets, access, [])).toThrow('without a line')
  })
})
