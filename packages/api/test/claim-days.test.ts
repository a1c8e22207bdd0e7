import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../src/seoul-time.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

const afterDays = (from: string, days: number) => new Date(Date.parse(from) + days * DAY_MS).toISOString()

async function shown(event: { id: string; slug: string }) {
  const page = await api.anonymous.events.getBySlug({ slug: event.slug })
  const rules = (await api.anonymous.draws.chain({ eventId: event.id })).records
  return { page, rules, text: page.rules?.text ?? '', claimDays: rules.at(-1)?.claimDays }
}

describe('days to claim a prize', () => {
  test('are 14 by default, and 3 to 30 where the owner chooses', async () => {
    expect((await owner.events.create(eventInput())).claimDays).toBe(14)
    for (const claimDays of [3, 30])
      expect((await owner.events.create(eventInput({ claimDays }))).claimDays).toBe(claimDays)
    for (const claimDays of [2, 31, 7.5]) {
      const error = await expectApiError(owner.events.create(eventInput({ claimDays })), 'VALIDATION_FAILED')
      expect(error.details.fields?.map(({ field }) => field)).toEqual(['claimDays'])
    }
  })

  test('stand in the published rules, and the dates of the consent text follow from them', async () => {
    const event = await createOpenEvent(owner, { claimDays: 10 })
    const { page, text, claimDays } = await shown(event)
    expect(claimDays).toBe(10)
    expect(text).toContain('당첨 발표일부터 10일 안에')
    expect(page).toMatchObject({
      claimDays: 10,
      consent: { othersUntil: afterDays(event.announcementDate, 17) },
    })
  })

  test('only grow once somebody has entered, which amends the rules and the consent text', async () => {
    const event = await createOpenEvent(owner, { claimDays: 10 })
    const change = (claimDays: number) => owner.events.update({ eventId: event.id, claimDays })
    expect((await change(7)).claimDays).toBe(7)
    await enterParticipants(api.anonymous, event.id, 1, 10)
    await expectApiError(change(6), 'TERMS_FIXED', { claimDays: 7 })
    await change(7)
    expect((await shown(event)).rules).toHaveLength(2)
    await change(20)
    const { page, rules, text } = await shown(event)
    expect(rules).toHaveLength(3)
    expect(text).toContain('20일 안에')
    expect(page.consent.othersUntil).toBe(afterDays(event.announcementDate, 27))
  })

  test('decide how long the winners may claim, and until when the others are stored', async () => {
    const event = await createOpenEvent(owner, { claimDays: 5, winnerCount: 1 })
    await enterParticipants(api.anonymous, event.id, 2, 20)
    await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: false })
    await announceDaysAgo(api, event.id, 1)
    const { announcementDate } = await owner.events.getForOwner({ eventId: event.id })
    await expectApiError(
      owner.destruction.destroyEarly({ eventId: event.id, title: event.title }),
      'CLAIM_OPEN',
      { claimUntil: afterDays(announcementDate, 5) },
    )
  })
})
