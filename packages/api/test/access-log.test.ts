import type { AccessAction } from '@eungmo/db/queries/access-log'
import { ACCESS_ACTION_GROUPS, ACCESS_ACTIONS } from '@eungmo/db/schema'
import { beforeAll, expect, test } from 'vitest'
import { exportAccessLog } from '../src/access-log/export-access-log.ts'
import type { Actor } from '../src/context.ts'
import { exportParticipants } from '../src/participants/export-participants.ts'
import { exportPrizeTax } from '../src/participants/export-prize-tax.ts'
import { exportWinners } from '../src/participants/export-winners.ts'
import { type AccessRow, linesOfAccess } from './support/access-lines.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'
import { drawnEvent } from './support/withdrawals.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()

const linesOf = linesOfAccess(api.sql)

const texts = { actor: () => '', role: () => '', action: (action: AccessAction) => action }
const forContact = { purpose: '당첨자 연락' }
const drain = async (file: Promise<{ chunks: AsyncIterable<string> }>) =>
  (await Array.fromAsync((await file).chunks)).join('')
let eventId: string
let drawnId: string
let drawLogId: string
let participantId: string
let cancelled: { id: string; title: string }
/** Announced, with a winner who collects the prize. */
let collected: { eventId: string; drawLogId: string }

beforeAll(async () => {
  eventId = (await createOpenEvent(owner)).id
  const prizes = [
    { name: '노트북', count: 1, valueWon: 1_000_000 },
    { name: '커피', count: 1 },
  ]
  drawnId = (await createOpenEvent(owner, { prizes })).id
  await enterParticipants(api.anonymous, eventId, 3)
  await enterParticipants(api.anonymous, drawnId, 5, 20)
  cancelled = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, cancelled.id, 2, 40)
  await owner.events.cancel({ eventId: cancelled.id })
  ;({ drawLogId } = await drawNow(owner, { eventId: drawnId, winnerCount: 2, visitBonus: false }))
  const announced = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
  collected = { eventId: announced.event.id, drawLogId: announced.drawLogId }
  participantId = (await owner.participants.list({ eventId })).items[0]?.participantId ?? ''
})

/** Everything in this package that the log has an action for, what it writes, and how many people it names. */
const uses: [AccessAction, () => Promise<unknown>, Partial<AccessRow>][] = [
  ['list-participants', () => staff.participants.list({ eventId }), { actor_role: 'staff', people: 3 }],
  ['search-participants', () => owner.participants.search({ eventId, q: '김하늘' }), { people: 3 }],
  ['search-participants', () => owner.participants.search({ eventId, q: '없는이름' }), { people: 0 }],
  ['reveal-participant', () => staff.participants.reveal({ eventId, participantId }), { people: 1 }],
  ['mark-visit', () => staff.participants.markVisit({ eventId, participantId }), { people: 1 }],
  ['unmark-visit', () => owner.participants.unmarkVisit({ eventId, participantId }), { people: 1 }],
  [
    'exclude-participant',
    () => owner.exclusions.exclude({ eventId, participantId, reason: 'duplicate' }),
    { people: 1, purpose: 'duplicate' },
  ],
  ['include-participant', () => owner.exclusions.undo({ eventId, participantId }), { people: 1 }],
  ['exclude-pasted', () => owner.exclusions.paste({ eventId, numbers: '010-9999-9999' }), { people: 0 }],
  ['include-pasted', () => owner.exclusions.undoPaste({ eventId, pasteId: participantId }), { people: 0 }],
  [
    'export-participants',
    () => drain(exportParticipants(api.contextOf(members.owner), eventId, forContact)),
    { people: 3, ...forContact },
  ],
  [
    'export-winners',
    () => drain(exportWinners(api.contextOf(members.owner), drawnId, forContact)),
    { people: 2, ...forContact },
  ],
  [
    'export-prize-tax',
    () => drain(exportPrizeTax(api.contextOf(members.owner), drawnId, forContact)),
    { people: 1, ...forContact },
  ],
  ['list-winners', () => owner.draws.get({ drawLogId }), { people: 2 }],
  ['list-winners', () => staff.draws.list({ eventId: drawnId }), { people: 2, actor_role: 'staff' }],
  ['send-notices', () => owner.notices.texts({ eventId: drawnId, locale: 'ko' }), { people: 2 }],
  [
    'contact-winner',
    () => staff.winners.logContact({ contactId: Bun.randomUUIDv7(), drawLogId, drawRank: 2, means: 'phone' }),
    { people: 1, actor_role: 'staff' },
  ],
  [
    'renew-claim-link',
    () => owner.claims.renewLink({ drawLogId, drawRank: 2, locale: 'ko' }),
    { people: 1, actor_role: 'owner' },
  ],
  [
    'hand-over',
    async () => {
      // A second one of the same prize is none.
      await api.sql`update draw_winners set handed_over_at = null where draw_log_id = ${collected.drawLogId}`
      return staff.handOver.complete({ ...collected, drawRank: 1 })
    },
    { people: 1, actor_role: 'staff' },
  ],
  ['redraw', () => owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' }), { people: 2 }],
  ['draw', () => owner.draws.drawWinners({ eventId, winnerCount: 3, visitBonus: false }), { people: 3 }],
  [
    'destroy-participants',
    () => owner.destruction.destroyEarly({ eventId: cancelled.id, title: cancelled.title }),
    { people: 2 },
  ],
  ['list-access-log', () => owner.accessLog.list({}), { people: 0 }],
  ['search-access-log', () => owner.accessLog.list({ action: 'draw' }), { people: 0 }],
  [
    'export-access-log',
    () => drain(exportAccessLog(api.contextOf(members.owner), forContact, texts)),
    { people: 0, ...forContact },
  ],
  ['create-api-key', () => owner.apiKeys.create({ name: '포스', scopes: ['events:write'] }), { people: 0 }],
]

test.each(uses)('%s is one line of the access log', async (action, use, expected) => {
  const lines = await linesOf(use)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({
    action,
    shop_id: members.owner.shopId,
    actor_kind: 'user',
    client_address: '192.0.2.1',
    ...expected,
  })
})

test('every action of the log is written by something that is tested', () => {
  // Of accounts: apps/web/test/access-hooks.test.ts. Of entrants: own-data.test.ts, disowned-entries.test.ts and claims.test.ts, which has
  // reveal-claim too. Of the operator: those of its commands. Of earlier winners: sit-out.test.ts.
  const { session, factor, member, operator } = ACCESS_ACTION_GROUPS
  const ofEntrants = ['read-own-data', 'correct-own-name', 'withdraw-own-marketing', 'disown-entry']
  const ofClaims = ['read-own-claim', 'confirm-own-claim', 'decline-own-prize', 'reveal-claim']
  const elsewhere = [
    ...session,
    ...factor,
    ...member,
    ...operator,
    ...ofEntrants,
    ...ofClaims,
    'revoke-api-key',
    'compare-winners',
  ]
  const tested = [...uses.map(([action]) => action), ...elsewhere]
  expect([...new Set(tested)].toSorted()).toEqual([...ACCESS_ACTIONS].toSorted())
})

test('revoking an API key is a line that names the key', async () => {
  const { id } = await owner.apiKeys.create({ name: '포스', scopes: ['events:write'] })
  const lines = await linesOf(() => owner.apiKeys.revoke({ apiKeyId: id }))
  expect(lines).toMatchObject([{ action: 'revoke-api-key', subject_id: id }])
})

test('an API key is named by its own id', async () => {
  const apiKeyId = Bun.randomUUIDv7()
  const key: Actor = { ...members.owner, via: 'api-key', apiKeyId, scopes: ['participants:read'] }
  const lines = await linesOf(() => api.as(key).participants.list({ eventId }))
  expect(lines).toMatchObject([{ actor_kind: 'api-key', actor_id: apiKeyId, actor_role: null }])
})

test('what fails, or belongs to another shop, writes no line', async () => {
  const lines = await linesOf(async () => {
    await expectApiError(stranger.participants.reveal({ eventId, participantId }), 'NOT_FOUND')
    await expectApiError(stranger.participants.list({ eventId }), 'NOT_FOUND')
    await expectApiError(
      owner.draws.drawWinners({ eventId: drawnId, winnerCount: 1, visitBonus: false }),
      'ALREADY_DRAWN',
    )
    await expectApiError(owner.apiKeys.revoke({ apiKeyId: Bun.randomUUIDv7() }), 'NOT_FOUND')
    const empty = exportParticipants(api.contextOf(members.owner), eventId, { purpose: ' ' })
    await expectApiError(empty, 'VALIDATION_FAILED', { fields: [{ code: 'purpose.required' }] })
  })
  expect(lines).toEqual([])
})

test.each(['010-1234-5678 환불', '０１０ １２３４ ５６７８', '12345678'])(
  'the purpose %j is rejected, since the log must hold no phone number',
  async (purpose) => {
    const file = exportParticipants(api.contextOf(members.owner), eventId, { purpose })
    await expectApiError(file, 'VALIDATION_FAILED', {
      fields: [{ field: 'purpose', code: 'purpose.number' }],
    })
  },
)

test('no line holds a name or a number of an entrant', async () => {
  const lines = JSON.stringify(await api.sql`select * from access_log`)
  expect(lines).not.toContain('김하늘')
  expect(lines).not.toMatch(/010-?\d{4}-?\d{4}/)
})

test('while the log cannot be written, every use gets 503, shows nothing and changes nothing', async () => {
  const open = (await createOpenEvent(owner)).id
  await enterParticipants(api.anonymous, open, 3, 40)
  const [row] = await api.sql`select id from participants where event_id = ${open} limit 1`
  const target = { eventId: open, participantId: String(row?.id) }
  const { drawLogId: newest } = (await owner.draws.logs({ eventId: drawnId }))[0] ?? { drawLogId }
  const keys = async () => (await owner.apiKeys.list()).map(({ id }) => id)
  const keysBefore = await keys()
  const attempts: [string, () => Promise<unknown>][] = [
    ['list', () => owner.participants.list({ eventId: open })],
    ['search', () => owner.participants.search({ eventId: open, q: '김하늘' })],
    ['reveal', () => owner.participants.reveal(target)],
    ['mark', () => owner.participants.markVisit(target)],
    ['take back', () => owner.participants.unmarkVisit(target)],
    ['exclude', () => owner.exclusions.exclude({ ...target, reason: 'staff' })],
    ['include', () => owner.exclusions.undo(target)],
    ['preview paste', () => owner.exclusions.previewPaste({ eventId: open, numbers: '010-1000-0040' })],
    ['paste', () => owner.exclusions.paste({ eventId: open, numbers: '010-1000-0040' })],
    ['undo paste', () => owner.exclusions.undoPaste({ eventId: open, pasteId: target.participantId })],
    ['export', () => exportParticipants(api.contextOf(members.owner), open, forContact)],
    ['export winners', () => exportWinners(api.contextOf(members.owner), drawnId, forContact)],
    ['export tax', () => exportPrizeTax(api.contextOf(members.owner), drawnId, forContact)],
    ['access log', () => owner.accessLog.list({})],
    ['export access log', () => exportAccessLog(api.contextOf(members.owner), forContact, texts)],
    ['winners', () => owner.draws.get({ drawLogId: newest })],
    ['draws', () => owner.draws.list({ eventId: drawnId })],
    ['draw', () => owner.draws.drawWinners({ eventId: open, winnerCount: 3, visitBonus: false })],
    ['redraw', () => owner.draws.redraw({ drawLogId: newest, ranks: [2], reason: 'declined' })],
    ['create key', () => owner.apiKeys.create({ name: '포스', scopes: ['events:write'] })],
    ['revoke key', () => owner.apiKeys.revoke({ apiKeyId: keysBefore[0] ?? '' })],
  ]
  await api.sql`alter table access_log rename to access_log_away`
  try {
    for (const [, attempt] of attempts) await expectApiError(attempt(), 'UNAVAILABLE')
    const response = await api.rest('GET', `/events/${open}/participants`, { viewer: members.owner })
    expect([response.status, response.body.items]).toEqual([503, undefined])
  } finally {
    await api.sql`alter table access_log_away rename to access_log`
  }
  expect(await keys()).toEqual(keysBefore)
  expect((await owner.events.get({ eventId: open })).status).toBe('published')
  expect(
    await api.sql`select 1 from participants where event_id = ${open} and (visited or exclusion_reason > 0)`,
  ).toHaveLength(0)
  expect(await owner.draws.logs({ eventId: drawnId })).toMatchObject([{ drawLogId: newest }, {}])
})
