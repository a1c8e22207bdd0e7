import { expect, test } from 'vitest'
import {
  alternatesOf,
  checkDraft as check,
  draftFields,
  draftOf,
  type EventDraft,
  newDraft,
  newPrize,
} from './event-draft.ts'

const now = Date.parse('2026-11-22T05:20:00Z')
const checkDraft = (draft: EventDraft) => check(draft, now)
const prizes = [{ ...newPrize(), name: '케이크' }]
/** A draft with all that a draft needs. */
const filledDraft = (): EventDraft => ({ ...newDraft(now), title: '케이크', prizes })

test('a draft needs only a title and a prize’s name: everything else has valid defaults', () => {
  const draft = newDraft(now)
  expect([...checkDraft(draft)]).toEqual([
    ['title', 'title'],
    ['prizes.0', 'prize-name'],
  ])
  draft.title = '케이크 증정'
  draft.prizes = [{ ...newPrize(), name: ' 케이크 ' }]
  expect(checkDraft(draft).size).toBe(0)
  const fields = draftFields(draft, now)
  expect(fields.prizes).toEqual(prizes)
  expect(fields.startsAtPublication).toBe(true)
  expect(Date.parse(fields.startsAt)).toBe(now)
  expect(fields.endsAt).toBe('2026-12-06T21:00:00+09:00')
})

test('a chosen start is the next full hour until another is chosen', () => {
  const fields = draftFields({ ...filledDraft(), startsAtPublication: false }, now)
  expect(fields.startsAtPublication).toBe(false)
  expect(Date.parse(fields.startsAt)).toBe(Date.parse('2026-11-22T06:00:00Z'))
})

test('an event that starts at its publication ends later than now, one with a chosen start after that', () => {
  const draft = { ...filledDraft(), endsAt: '2026-11-22T14:40', announcementDate: '2026-11-22T15:00' }
  expect(checkDraft(draft).size).toBe(0)
  expect([...checkDraft({ ...draft, endsAt: '2026-11-22T14:10' })]).toEqual([['endsAt', 'ends-past']])
  expect([...checkDraft({ ...draft, startsAtPublication: false })]).toEqual([['endsAt', 'ends-before-start']])
})

test('alternates follow the number of winners until another number is chosen', () => {
  const draft = filledDraft()
  expect(alternatesOf(draft)).toBe(2)
  draft.prizes = [
    { ...newPrize(), name: '케이크', count: 3 },
    { ...newPrize(), name: '빵', count: 4 },
  ]
  expect(draftFields(draft, now).alternateCount).toBe(7)
  expect(draftFields({ ...draft, alternateCount: 1 }, now).alternateCount).toBe(1)
  expect([...checkDraft({ ...draft, alternateCount: 9_994 })]).toEqual([['alternateCount', 'number']])
  expect(checkDraft({ ...draft, alternateCount: 9_993 }).size).toBe(0)
})

test('a date that contradicts another is reported at its field', () => {
  const draft = { ...filledDraft(), startsAtPublication: false, endsAt: '2026-11-22T10:00' }
  expect(checkDraft(draft).get('endsAt')).toBe('ends-before-start')
  const late = { ...filledDraft(), announcementDate: '2026-12-06T20:59' }
  expect([...checkDraft(late)]).toEqual([['announcementDate', 'announcement-before-end']])
})

test('with an automatic draw the announcement lies six and a half minutes after the close', () => {
  const draft = {
    ...filledDraft(),
    endsAt: '2026-12-06T21:00',
    announcementDate: '2026-12-06T21:06',
  }
  expect([...checkDraft(draft)]).toEqual([['announcementDate', 'announcement-before-draw']])
  expect(checkDraft({ ...draft, announcementDate: '2026-12-06T21:07' }).size).toBe(0)
  expect(checkDraft({ ...draft, drawsAutomatically: false }).size).toBe(0)
})

test('a visit bonus that the draw decides is no error', () => {
  const draft = { ...filledDraft(), drawsAutomatically: false, visitBonus: null }
  expect(checkDraft(draft).size).toBe(0)
})

test('each of several prizes needs a name', () => {
  const draft = {
    ...filledDraft(),
    prizes: [
      { ...newPrize(), name: '케이크' },
      { ...newPrize(), name: ' ', count: 2 },
    ],
  }
  expect([...checkDraft(draft)]).toEqual([['prizes.1', 'prize-name']])
})

test('a number that was not understood is reported at its field', () => {
  const nan = { visitBonus: Number.NaN, alternateCount: Number.NaN, claimDays: Number.NaN }
  const draft = { ...filledDraft(), ...nan }
  expect([...checkDraft(draft)]).toEqual([
    ['visitBonus', 'number'],
    ['alternateCount', 'number'],
    ['claimDays', 'number'],
  ])
})

test('a value that was not understood is reported at its prize’s value', () => {
  const draft = { ...filledDraft(), prizes: [{ ...newPrize(), name: '케이크', valueWon: Number.NaN }] }
  expect([...checkDraft(draft)]).toEqual([['prizes.0.valueWon', 'prize-value']])
})

test('saving an event that nobody changed sends its prizes as they are stored', () => {
  const stored = [{ name: '노트북', count: 1, valueWon: 1_000_000, ownerPaysTax: true, isDelivered: true }]
  const fields = draftFields({ ...filledDraft(), prizes: stored }, now)
  const event = { ...fields, beaconDelay: 30, now: new Date(now).toISOString() }
  expect(draftFields(draftOf(event), now).prizes).toEqual(stored)
})

test('a stored draft that starts at its publication proposes the next full hour for another start', () => {
  const later = '2026-11-25T03:10:00Z'
  const event = { ...draftFields(filledDraft(), now), beaconDelay: 30, now: later }
  expect(draftOf(event)).toMatchObject({ startsAtPublication: true, startsAt: '2026-11-25T13:00' })
})
