import { lockEventRow } from '@eungmo/db/queries/events'
import { listWinnerLinks } from '@eungmo/db/queries/winner-links'
import { describe, expect, test } from 'vitest'
import { winnerUrl } from '../src/links/winner-links.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { untilLockWait } from './support/lock-waits.ts'
import { startTwoShops } from './support/two-shops.ts'
import { drawnEvent as drawn } from './support/withdrawals.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()
const { db } = api.dependencies

/** An announced event with its current winners, by slot, and the tokens of their QR codes. */
async function drawnEvent({ winnerCount = 1, alternateCount = 1 } = {}) {
  const { event, drawLogId } = await drawn(api, owner, { winnerCount, alternateCount })
  const read = async () => {
    const winners = await api.sql<{ drawRank: number; participantId: string; applicationNumber: string }[]>`
      select w.draw_rank as "drawRank", p.id as "participantId", p.application_number as "applicationNumber"
      from draw_winners w join participants p on p.event_id = w.event_id and p.id = w.participant_id
      where w.event_id = ${event.id} and w.standing = 'selected' order by w.slot`
    const [row] = await api.sql`select key_id as "keyId" from events where id = ${event.id}`
    const links = await listWinnerLinks(db, { eventId: event.id })
    return winners.map((winner) => {
      const link = links.find(({ participantId }) => participantId === winner.participantId)
      if (!link) throw new Error('the winner has no link')
      const url = winnerUrl(api.dependencies, 'hand-over', String(row?.keyId), link)
      return { ...winner, token: url?.split('/').at(-1) ?? '' }
    })
  }
  const [winner] = await read()
  if (!winner) throw new Error('nobody won')
  const place = { eventId: event.id, drawLogId, drawRank: winner.drawRank }
  return { event, eventId: event.id, drawLogId, winner, place, currentWinners: read }
}

const linesOf = async (eventId: string) => [
  ...(await api.sql`select action, subject_id as "subjectId", actor_role as role, people from access_log
    where event_id = ${eventId} and action = 'hand-over'`),
]
const conflict = (reason: string) => ({ cause: { code: 'CONFLICT', details: { reason } } })

describe('a hand-over', () => {
  test('shows staff a masked name and the prize, and is stored once, with who did it', async () => {
    const { eventId, winner, place } = await drawnEvent()
    const view = await staff.handOver.byLink({ token: winner.token })
    const { applicationNumber } = winner
    expect(view).toMatchObject({
      ...place,
      state: 'ready',
      applicationNumber,
      isConfirmed: false,
      isLate: false,
    })
    expect(view.name).toMatch(/^[가-힣]\*+/)
    expect(JSON.stringify(view)).not.toMatch(/010/)
    expect(await linesOf(eventId)).toEqual([])

    const done = await staff.handOver.complete(place)
    expect(done).toMatchObject({ state: 'handed-over', handedOverAt: expect.any(String) })
    expect(done.handedOverBy).not.toBeNull()
    expect(await linesOf(eventId)).toEqual([
      { action: 'hand-over', subjectId: winner.participantId, role: 'staff', people: 1 },
    ])
    expect(await owner.handOver.byLink({ token: winner.token })).toMatchObject({
      state: 'handed-over',
      handedOverAt: done.handedOverAt,
      handedOverBy: done.handedOverBy,
    })
  })

  test('pressed many times at once and again later is one hand-over with one line in the access log', async () => {
    const { eventId, place } = await drawnEvent()
    const callers = [staff, owner, staff, owner, staff]
    const views = await Promise.all(callers.map((caller) => caller.handOver.complete(place)))
    views.push(await owner.handOver.complete(place))
    expect(
      new Set(views.map(({ handedOverAt, handedOverBy }) => `${handedOverAt} ${handedOverBy}`)).size,
    ).toBe(1)
    expect(views.every(({ state }) => state === 'handed-over')).toBe(true)
    expect(await linesOf(eventId)).toHaveLength(1)
  })

  test('is found by the application number in any spelling, and only by one that won', async () => {
    const { eventId, winner } = await drawnEvent()
    const typed = winner.applicationNumber.toLowerCase().replace('-', ' ')
    expect(await staff.handOver.byNumber({ eventId, applicationNumber: typed })).toMatchObject({
      state: 'ready',
      applicationNumber: winner.applicationNumber,
    })
    const [alternate] = await api.sql`select p.application_number as number from draw_winners w
      join participants p on p.event_id = w.event_id and p.id = w.participant_id
      where w.event_id = ${eventId} and w.standing = 'alternate'`
    const codeOf = {
      [String(alternate?.number)]: 'application_number.no_winner',
      K7M2: 'application_number.invalid',
    }
    for (const [applicationNumber, code] of Object.entries(codeOf))
      await expect(staff.handOver.byNumber({ eventId, applicationNumber })).rejects.toMatchObject({
        cause: { code: 'VALIDATION_FAILED', details: { fields: [{ field: 'applicationNumber', code }] } },
      })
  })

  test('is none of the business of another shop, of a stranger and of an API key', async () => {
    const { eventId, winner, place } = await drawnEvent()
    const { token, applicationNumber } = winner
    const calls = [
      (caller: typeof owner) => caller.handOver.byLink({ token }),
      (caller: typeof owner) => caller.handOver.byNumber({ eventId, applicationNumber }),
      (caller: typeof owner) => caller.handOver.complete(place),
    ]
    for (const call of calls) {
      await expect(call(stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(call(api.anonymous)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    }
    await expect(staff.handOver.byLink({ token: `${token.slice(0, -2)}AA` })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const [row] = await api.sql`select handed_over_at from draw_winners where draw_log_id = ${place.drawLogId}
      and draw_rank = ${place.drawRank}`
    expect(row).toEqual({ handed_over_at: null })
  })
})

describe('no prize is handed over', () => {
  test('to a winner who was withdrawn; the one who moved up gets it', async () => {
    const { eventId, drawLogId, winner, place, currentWinners } = await drawnEvent()
    await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
    expect(await staff.handOver.byLink({ token: winner.token })).toMatchObject({ state: 'withdrawn' })
    await expect(staff.handOver.complete(place)).rejects.toMatchObject(conflict('not-a-winner'))
    const [next] = await currentWinners()
    expect(await staff.handOver.byLink({ token: next?.token ?? '' })).toMatchObject({ state: 'ready' })
    await staff.handOver.complete({ ...place, drawRank: next?.drawRank ?? 0 })
    expect(await linesOf(eventId)).toMatchObject([{ subjectId: next?.participantId }])
  })

  test('with the QR code of a link that a newer one replaced', async () => {
    const { eventId, winner } = await drawnEvent()
    await api.sql`update draw_winners set link_version = link_version + 1
      where event_id = ${eventId} and participant_id = ${winner.participantId}`
    expect(await staff.handOver.byLink({ token: winner.token })).toMatchObject({ state: 'outdated' })
  })

  test('before the announcement, and in a pause', async () => {
    const { eventId, winner, place } = await drawnEvent()
    await api.sql`update events set announcement_date = now() + interval '1 day' where id = ${eventId}`
    expect(await staff.handOver.byLink({ token: winner.token })).toMatchObject({ state: 'waiting' })
    await expect(staff.handOver.complete(place)).rejects.toMatchObject(conflict('not-announced'))
    await api.sql`update events set announcement_date = now() - interval '1 second' where id = ${eventId}`
    await api.sql`update events set pause_reason = '확인 중', paused_at = now() where id = ${eventId}`
    expect(await staff.handOver.byLink({ token: winner.token })).toMatchObject({ state: 'paused' })
    await expect(staff.handOver.complete(place)).rejects.toMatchObject({
      cause: { code: 'EVENT_PAUSED', details: { pauseReason: '확인 중' } },
    })
  })

  test('once the personal data is destroyed', async () => {
    const { eventId, winner, place } = await drawnEvent()
    await api.sql`update participants set name = null, phone_number = null, application_number = null
      where event_id = ${eventId}`
    await api.sql`update draw_winners set link_id = null where event_id = ${eventId}`
    await expect(staff.handOver.byLink({ token: winner.token })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(staff.handOver.complete(place)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('where the access log cannot be written', async () => {
    const { place } = await drawnEvent()
    await api.sql`create function fail_hand_over() returns trigger language plpgsql as
      $$ begin raise exception 'full'; end $$`
    await api.sql`create trigger fail_hand_over before insert on access_log for each row
      when (new.action = 'hand-over') execute function fail_hand_over()`
    await expect(staff.handOver.complete(place)).rejects.toMatchObject({ cause: { code: 'UNAVAILABLE' } })
    await api.sql`drop trigger fail_hand_over on access_log`
    expect(await staff.handOver.complete(place)).toMatchObject({ state: 'handed-over' })
  })
})

test('a winner who did not confirm in time may still get the prize, and the shop sees that it is late', async () => {
  const { eventId, winner, place } = await drawnEvent()
  await announceDaysAgo(api, eventId, 20)
  expect(await staff.handOver.byLink({ token: winner.token })).toMatchObject({ state: 'ready', isLate: true })
  expect(await staff.handOver.complete(place)).toMatchObject({ state: 'handed-over' })
})

test('a hand-over that waits for a redraw finds the winner withdrawn', async () => {
  const { eventId, drawLogId, place } = await drawnEvent()
  let pressed: Promise<unknown> | undefined
  await db.transaction(async (tx) => {
    await lockEventRow(tx, { eventId })
    pressed = staff.handOver.complete(place).catch((error: unknown) => error)
    await untilLockWait(api.sql)
    await tx.execute(`update draw_winners set standing = 'withdrawn', withdrawn_at = now(),
      withdraw_reason = 'declined' where draw_log_id = '${drawLogId}' and draw_rank = ${place.drawRank}`)
  })
  expect(await pressed).toMatchObject(conflict('not-a-winner'))
  expect(await linesOf(eventId)).toEqual([])
})

test('an API key cannot hand over', async () => {
  const { place } = await drawnEvent()
  const key = {
    ...members.owner,
    via: 'api-key',
    apiKeyId: Bun.randomUUIDv7(),
    scopes: ['draws:write'],
  } as const
  await expect(api.as({ ...key, scopes: [...key.scopes] }).handOver.complete(place)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})
