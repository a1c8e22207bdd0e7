import { expect, test } from 'vitest'
import { checkDraft, draftFields, draftOf, newDraft, newPrize } from './event-draft.ts'

const now = Date.parse('2026-11-22T05:20:00Z')

test('a draft needs only a title: everything else has valid defaults', () => {
  const draft = newDraft(now)
  expect([...checkDraft(draft).keys()]).toEqual(['title'])
  draft.title = '케이크 증정'
  expect(checkDraft(draft).size).toBe(0)
  const fields = draftFields(draft, '경품')
  expect(fields.prizes).toEqual([{ ...newPrize(), name: '경품' }])
  expect(Date.parse(fields.startsAt)).toBe(Date.parse('2026-11-22T06:00:00Z'))
  expect(fields.endsAt).toBe('2026-12-06T21:00:00+09:00')
})

test('a date that contradicts another is reported at its field', () => {
  const draft = { ...newDraft(now), title: '케이크', endsAt: '2026-11-22T10:00' }
  expect(checkDraft(draft).get('endsAt')).toBe('ends-before-start')
  const late = { ...newDraft(now), title: '케이크', announcementDate: '2026-12-06T20:59' }
  expect([...checkDraft(late)]).toEqual([['announcementDate', 'announcement-before-end']])
})

test('with an automatic draw the announcement lies six and a half minutes after the close', () => {
  const draft = {
    ...newDraft(now),
    title: '케이크',
    endsAt: '2026-12-06T21:00',
    announcementDate: '2026-12-06T21:06',
  }
  expect([...checkDraft(draft)]).toEqual([['announcementDate', 'announcement-before-draw']])
  expect(checkDraft({ ...draft, announcementDate: '2026-12-06T21:07' }).size).toBe(0)
  expect(checkDraft({ ...draft, drawsAutomatically: false }).size).toBe(0)
})

test('a visit bonus that the draw decides is no error', () => {
  const draft = { ...newDraft(now), title: '케이크', drawsAutomatically: false, visitBonus: null }
  expect(checkDraft(draft).size).toBe(0)
})

test('each of several prizes needs a name', () => {
  const draft = {
    ...newDraft(now),
    title: '케이크',
    prizes: [
      { ...newPrize(), name: '케이크' },
      { ...newPrize(), name: ' ', count: 2 },
    ],
  }
  expect([...checkDraft(draft)]).toEqual([['prizes.1', 'prize-name']])
})

test('a number that was not understood is reported at its field', () => {
  const nan = { visitBonus: Number.NaN, alternateCount: Number.NaN, claimDays: Number.NaN }
  const draft = { ...newDraft(now), title: '케이크', ...nan }
  expect([...checkDraft(draft)]).toEqual([
    ['visitBonus', 'number'],
    ['alternateCount', 'number'],
    ['claimDays', 'number'],
  ])
})

test('a value that was not understood is reported at its prize’s value', () => {
  const draft = { ...newDraft(now), title: '케이크', prizes: [{ ...newPrize(), valueWon: Number.NaN }] }
  expect([...checkDraft(draft)]).toEqual([['prizes.0.valueWon', 'prize-value']])
})

test('saving an event that nobody changed sends its prizes as they are stored', () => {
  const prizes = [{ name: '노트북', count: 1, valueWon: 1_000_000, ownerPaysTax: true, isDelivered: true }]
  const fields = draftFields({ ...newDraft(now), title: '케이크', prizes }, '경품')
  expect(draftFields(draftOf({ ...fields, beaconDelay: 30 }), '경품').prizes).toEqual(prizes)
})
