import { describe, expect, test } from 'vitest'
import type { Actor } from '../src/context.ts'
import { EXCLUSION_REASONS } from '../src/exclusions/reasons.ts'
import { linesOfAccess } from './support/access-lines.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { createEnteredEvent, entriesText } from './support/exclusions.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { startTwoShops } from './support/two-shops.ts'
import { withdraw } from './support/withdrawals.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()
const linesOf = linesOfAccess(api.sql)

const keyOf = (scope: 'draws:write' | 'participants:read'): Actor => ({
  ...members.owner,
  via: 'api-key',
  apiKeyId: Bun.randomUUIDv7(),
  scopes: [scope],
})

describe('an excluded entry', () => {
  test.each(EXCLUSION_REASONS.map((reason, at) => [reason, at + 1] as const))(
    'for the reason %s has no tickets in the list, whose reason code is %i, and the draw verifies',
    async (reason, code) => {
      const { event, targets, entries } = await createEnteredEvent(api, owner, { entrants: 4 })
      await owner.exclusions.exclude({ ...targets(0), reason })
      const { drawLogId, winners } = await drawNow(owner, {
        eventId: event.id,
        winnerCount: 3,
        visitBonus: 1,
      })
      const excluded = entries[0]
      expect(winners.map(({ applicationNumber }) => applicationNumber)).not.toContain(
        excluded?.applicationNumber,
      )
      const drawn = await verifiedDraw(api, drawLogId)
      expect(drawn.entries).toContainEqual({ id: excluded?.receipt?.receipt.id, tickets: 0, reason: code })
      expect(drawn.verification).toMatchObject({
        warnings: expect.arrayContaining([
          expect.objectContaining({ code: 'exclusions', exclusions: [{ reason: code, count: 1 }] }),
        ]),
      })
    },
  )

  test('shows its reason, who excluded it and when, and the note to owners alone', async () => {
    const { event, targets } = await createEnteredEvent(api, owner)
    const before = Date.now()
    const note = '홀 매니저 동생'
    const excluded = await owner.exclusions.exclude({ ...targets(0), reason: 'staff', note })
    expect(excluded.exclusion).toMatchObject({ reason: 'staff', by: 'owner', pasted: false, note })
    expect(Date.parse(excluded.exclusion?.at ?? '')).toBeGreaterThanOrEqual(before - 1_000)
    const listed = async (caller: typeof owner) => {
      const { items } = await caller.participants.list({ eventId: event.id })
      return items.find(({ participantId }) => participantId === excluded.participantId)?.exclusion
    }
    expect(await listed(owner)).toEqual(excluded.exclusion)
    expect(await listed(staff)).toEqual({ ...excluded.exclusion, note: null })
    expect(await listed(api.as(keyOf('participants:read')))).toEqual({ ...excluded.exclusion, note: null })
  })

  test('is excluded again for another reason, which replaces reason and note', async () => {
    const { targets } = await createEnteredEvent(api, owner)
    await owner.exclusions.exclude({ ...targets(0), reason: 'staff', note: '사장 조카' })
    const again = await owner.exclusions.exclude({ ...targets(0), reason: 'duplicate' })
    expect(again.exclusion).toMatchObject({ reason: 'duplicate', note: null })
  })

  test('may visit, and gets no ticket for it', async () => {
    const { event, targets, proofs } = await createEnteredEvent(api, owner)
    await owner.exclusions.exclude({ ...targets(0), reason: 'ineligible' })
    expect(await staff.participants.markVisit(targets(0))).toMatchObject({
      visited: true,
      exclusion: { reason: 'ineligible' },
    })
    expect(await api.anonymous.participations.selfCheck(proofs(0))).toMatchObject({ tickets: 0 })
    expect(await owner.draws.preview({ eventId: event.id })).toMatchObject({ eligible: 2, visited: 0 })
  })

  test('shows its reason to the entrant, on the check page and in their own data, and never the note', async () => {
    const { targets, proofs } = await createEnteredEvent(api, owner)
    await owner.exclusions.exclude({ ...targets(0), reason: 'duplicate', note: '비밀 메모' })
    const check = await api.anonymous.participations.selfCheck(proofs(0))
    expect(check).toMatchObject({ tickets: 0, exclusionReason: 3 })
    const own = await api.anonymous.participations.ownData(proofs(0))
    expect(own).toMatchObject({ exclusionReason: 3 })
    expect(JSON.stringify([check, own])).not.toContain('비밀')
  })

  test('that its entrant withdraws is a withdrawn one, and the note is destroyed with it', async () => {
    const { event, entries, targets } = await createEnteredEvent(api, owner)
    await owner.exclusions.exclude({ ...targets(0), reason: 'staff', note: '사장 조카' })
    const [entry] = entries
    if (!entry) throw new Error('no entry')
    await withdraw(api, event.id, entry)
    const [row] = await api.sql`select exclusion_reason as reason, exclusion_note as note,
      excluded_at = date_trunc('hour', excluded_at) as "isHour"
      from participants where id = ${targets(0).participantId}`
    expect(row).toEqual({ reason: 5, note: null, isHour: true })
    await expectApiError(owner.exclusions.exclude({ ...targets(0), reason: 'staff' }), 'NOT_FOUND')
    await expectApiError(owner.exclusions.undo(targets(0)), 'NOT_FOUND')
    const { items } = await owner.participants.list({ eventId: event.id })
    expect(items.at(-1)).toMatchObject({ withdrawn: true, exclusion: null })
  })

  test('is stored with an encrypted note', async () => {
    const { targets } = await createEnteredEvent(api, owner)
    await owner.exclusions.exclude({ ...targets(0), reason: 'staff', note: '봉인할 메모' })
    const [row] =
      await api.sql`select p::text as row from participants p where id = ${targets(0).participantId}`
    expect(row?.row).not.toContain('봉인할')
    expect(row?.row).not.toContain(Buffer.from('봉인할').toString('hex'))
  })
})

describe('an exclusion that is taken back', () => {
  test('leaves nothing behind: the list is the same, byte by byte', async () => {
    for (let round = 0; round < 3; round++) {
      const { event, targets } = await createEnteredEvent(api, owner, { entrants: 6 })
      const before = await entriesText(api, event.id)
      const rows = () => api.sql`select * from participants where event_id = ${event.id} order by id`
      const stored = await rows()
      for (const [at, reason] of EXCLUSION_REASONS.entries())
        await owner.exclusions.exclude({ ...targets((at + round) % 6), reason, note: '잘못 눌렀어요' })
      expect(await entriesText(api, event.id)).not.toBe(before)
      for (let at = 0; at < 6; at++) expect((await owner.exclusions.undo(targets(at))).exclusion).toBeNull()
      expect(await rows()).toEqual(stored)
      expect(await entriesText(api, event.id)).toBe(before)
    }
  })

  test('is taken back twice, or was none, without an error', async () => {
    const { targets } = await createEnteredEvent(api, owner)
    for (let time = 0; time < 2; time++)
      expect(await owner.exclusions.undo(targets(0))).toMatchObject({ exclusion: null })
  })
})

describe('who and when', () => {
  test('owners and keys with draws:write exclude; staff, other keys and other shops do not', async () => {
    const { targets } = await createEnteredEvent(api, owner)
    const input = { ...targets(0), reason: 'staff' } as const
    const calls = (caller: typeof owner) => [
      () => caller.exclusions.exclude(input),
      () => caller.exclusions.undo(targets(0)),
    ]
    for (const call of calls(staff)) await expectApiError(call(), 'FORBIDDEN')
    for (const call of calls(stranger)) await expectApiError(call(), 'NOT_FOUND')
    for (const call of calls(api.anonymous)) await expectApiError(call(), 'UNAUTHENTICATED')
    for (const call of calls(api.as(keyOf('participants:read')))) await expectApiError(call(), 'FORBIDDEN')
    const byKey = await api.as(keyOf('draws:write')).exclusions.exclude({ ...input, note: '메모' })
    // A key without participants:read sees no name.
    expect(byKey).toMatchObject({ name: '김***', exclusion: { reason: 'staff', by: null, note: null } })
    const other = await createEnteredEvent(api, stranger)
    await expectApiError(
      owner.exclusions.exclude({ ...other.targets(0), eventId: targets(0).eventId, reason: 'staff' }),
      'NOT_FOUND',
    )
  })

  test('once the list is locked, both get 409 with a clear text', async () => {
    const { event, targets } = await createEnteredEvent(api, owner)
    await owner.exclusions.exclude({ ...targets(0), reason: 'staff' })
    await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: 1 })
    const locked = { reason: 'list-locked' }
    await expectApiError(owner.exclusions.exclude({ ...targets(1), reason: 'staff' }), 'CONFLICT', locked)
    await expectApiError(owner.exclusions.undo(targets(0)), 'CONFLICT', locked)
    const path = `/events/${event.id}/participants/${targets(0).participantId}/exclusion`
    const response = await api.rest('DELETE', path, { viewer: members.owner })
    expect([response.status, response.body.message]).toEqual([
      409,
      '추첨 명단이 확정되어, 이제는 제외하거나 되돌릴 수 없어요',
    ])
  })

  test('a cancelled event changes no more, and a paused one does', async () => {
    const cancelled = await createEnteredEvent(api, owner)
    await owner.events.cancel({ eventId: cancelled.event.id })
    const input = { ...cancelled.targets(0), reason: 'staff' } as const
    await expectApiError(owner.exclusions.exclude(input), 'CONFLICT', { reason: 'event-cancelled' })
    const paused = await createEnteredEvent(api, owner)
    await api.sql`update events set paused_at = now(), pause_reason = '확인 중' where id = ${paused.event.id}`
    const excluded = await owner.exclusions.exclude({ ...paused.targets(0), reason: 'staff' })
    expect(excluded.exclusion).toMatchObject({ reason: 'staff' })
  })

  test('the access log says who excluded which entry for which reason, and never the note', async () => {
    const { event, targets } = await createEnteredEvent(api, owner)
    const lines = await linesOf(async () => {
      await owner.exclusions.exclude({ ...targets(0), reason: 'duplicate', note: '010-1234-5678 김하늘' })
      await owner.exclusions.undo(targets(0))
    })
    const about = { event_id: event.id, subject_id: targets(0).participantId, people: 1 }
    expect(lines).toMatchObject([
      { ...about, action: 'exclude-participant', purpose: 'duplicate' },
      { ...about, action: 'include-participant', purpose: null },
    ])
    expect(JSON.stringify(lines)).not.toContain('김하늘')
  })

  test.each(['fraud', 'other', 'eligible', 'withdrawn', 5, '', null])(
    'the reason %j gets 400 over REST',
    async (reason) => {
      const { targets } = await createEnteredEvent(api, owner)
      const { eventId, participantId } = targets(0)
      const path = `/events/${eventId}/participants/${participantId}/exclusion`
      const response = await api.rest('PUT', path, { viewer: members.owner, body: { reason } })
      expect(response.status).toBe(400)
    },
  )

  test('a note of 200 characters is stored, and a longer one gets 400', async () => {
    const { targets } = await createEnteredEvent(api, owner)
    const input = { ...targets(0), reason: 'staff' } as const
    const note = '가'.repeat(200)
    expect((await owner.exclusions.exclude({ ...input, note })).exclusion?.note).toBe(note)
    await expectApiError(owner.exclusions.exclude({ ...input, note: `${note}가` }), 'VALIDATION_FAILED')
  })
})
