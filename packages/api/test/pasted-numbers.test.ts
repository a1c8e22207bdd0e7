import { expect, test } from 'vitest'
import { linesOfAccess } from './support/access-lines.ts'
import { drawNow } from './support/draws.ts'
import { createEnteredEvent } from './support/exclusions.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants, entryInput } from './support/sample-entries.ts'
import { stealDump } from './support/stolen-dump.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner, staff, stranger },
} = await startTwoShops()
const linesOf = linesOfAccess(api.sql)
const numberOf = (n: number) => entryInput('', n).phoneNumber

const reasonsOf = async (eventId: string) => {
  const { items } = await owner.participants.list({ eventId, limit: 200 })
  return items.toReversed().map(({ exclusion }) => exclusion?.reason ?? null)
}

test('pasted numbers exclude the entries with them, and the rest is counted or listed', async () => {
  const { event, targets } = await createEnteredEvent(api, owner, { entrants: 5 })
  await owner.exclusions.exclude({ ...targets(4), reason: 'duplicate' })
  const numbers = [
    '직원 명단',
    `1. 김직원 ${numberOf(0)}`,
    numberOf(2),
    numberOf(4),
    numberOf(77),
    '010-123',
  ].join('\n')
  const input = { eventId: event.id, numbers }
  const counts = { alreadyExcluded: 1, notEntered: 1, unreadableLines: [1, 6] }
  expect(await owner.exclusions.previewPaste(input)).toEqual({ found: 2, ...counts })
  expect(await reasonsOf(event.id)).toEqual([null, null, null, null, 'duplicate'])
  expect(await owner.exclusions.paste(input)).toEqual({ excluded: 2, ...counts })
  expect(await reasonsOf(event.id)).toEqual(['staff', null, 'staff', null, 'duplicate'])
  const { items } = await owner.participants.list({ eventId: event.id })
  expect(items.at(-1)?.exclusion).toMatchObject({ reason: 'staff', by: 'owner', pasted: true, note: null })
  // A second press finds nobody.
  expect(await owner.exclusions.paste(input)).toEqual({ excluded: 0, ...counts, alreadyExcluded: 3 })
})

test('a paste is listed and taken back as a whole, without what was excluded in another way', async () => {
  const { event, targets } = await createEnteredEvent(api, owner, { entrants: 6 })
  const eventId = event.id
  await owner.exclusions.exclude({ ...targets(0), reason: 'ineligible' })
  await owner.exclusions.paste({ eventId, numbers: [1, 2, 3].map(numberOf).join('\n') })
  await owner.exclusions.paste({ eventId, numbers: numberOf(4) })
  const [second, first] = await owner.exclusions.pastes({ eventId })
  expect([first, second]).toMatchObject([
    { entries: 3, by: 'owner' },
    { entries: 1, by: 'owner' },
  ])
  // One was decided again, and one taken back: both no longer belong to the paste.
  await owner.exclusions.exclude({ ...targets(2), reason: 'duplicate' })
  await owner.exclusions.undo(targets(3))
  const undo = () => owner.exclusions.undoPaste({ eventId, pasteId: first?.pasteId ?? '' })
  expect(await undo()).toEqual({ included: 1 })
  expect(await reasonsOf(eventId)).toEqual(['ineligible', null, 'duplicate', null, 'staff', null])
  expect(await owner.exclusions.pastes({ eventId })).toEqual([second])
  expect(await undo()).toEqual({ included: 0 })
})

test('500 numbers are one statement, and one more gets 400', async () => {
  const { event } = await createEnteredEvent(api, owner, { entrants: 3 })
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => numberOf(n)).join('\n')
  const input = { eventId: event.id, numbers: numbers(500) }
  expect(await owner.exclusions.paste(input)).toMatchObject({ excluded: 3, notEntered: 497 })
  const fields = [{ field: 'numbers', code: 'numbers.too_many' }]
  for (const call of [owner.exclusions.previewPaste, owner.exclusions.paste])
    await expectApiError(call({ ...input, numbers: numbers(501) }), 'VALIDATION_FAILED', { fields })
})

test('pasted numbers are stored nowhere, and one that enters later takes part', async () => {
  const { event } = await createEnteredEvent(api, owner, { entrants: 1 })
  await owner.exclusions.paste({ eventId: event.id, numbers: [numberOf(0), numberOf(60)].join('\n') })
  const dump = JSON.stringify(await stealDump(api.sql))
  const { secrets } = api.dependencies
  for (const text of ['6010000060', '1010000060', '+821010000060', numberOf(60)])
    expect(dump).not.toContain(text)
  const [before] = await api.sql`select count(*)::int as count from participants where event_id = ${event.id}`
  expect([before?.count, secrets.newest.id]).toEqual([1, expect.any(String)])
  await enterParticipants(api.anonymous, event.id, 1, 60)
  expect(await reasonsOf(event.id)).toEqual(['staff', null])
})

test('the access log counts people of a preview, a paste and its undoing, and holds no number', async () => {
  const { event } = await createEnteredEvent(api, owner, { entrants: 3 })
  const input = { eventId: event.id, numbers: [numberOf(0), numberOf(1), numberOf(90)].join('\n') }
  const lines = await linesOf(async () => {
    await owner.exclusions.previewPaste(input)
    await owner.exclusions.paste(input)
    const [paste] = await owner.exclusions.pastes({ eventId: event.id })
    await owner.exclusions.undoPaste({ eventId: event.id, pasteId: paste?.pasteId ?? '' })
  })
  expect(lines).toMatchObject([
    { action: 'search-participants', people: 2, purpose: null },
    { action: 'exclude-pasted', people: 2, purpose: 'staff' },
    { action: 'include-pasted', people: 2 },
  ])
  expect(JSON.stringify(lines)).not.toMatch(/010-?1000/)
})

test('staff and other shops paste nothing, and no one once the list is locked', async () => {
  const { event } = await createEnteredEvent(api, owner, { entrants: 3 })
  const eventId = event.id
  const input = { eventId, numbers: numberOf(0) }
  await owner.exclusions.paste(input)
  const [paste] = await owner.exclusions.pastes({ eventId })
  const undo = { eventId, pasteId: paste?.pasteId ?? '' }
  const calls = ({ exclusions }: typeof owner) => [
    () => exclusions.previewPaste(input),
    () => exclusions.paste(input),
    () => exclusions.undoPaste(undo),
    () => exclusions.pastes({ eventId }),
  ]
  for (const call of calls(staff)) await expectApiError(call(), 'FORBIDDEN')
  for (const call of calls(stranger)) await expectApiError(call(), 'NOT_FOUND')
  await drawNow(owner, { eventId, winnerCount: 1, visitBonus: 1 })
  for (const call of calls(owner).slice(0, 3))
    await expectApiError(call(), 'CONFLICT', { reason: 'list-locked' })
  expect(await owner.exclusions.pastes({ eventId })).toEqual([paste])
})
