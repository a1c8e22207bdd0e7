import { expect, test } from 'vitest'
import { checkDraft, draftFields, replaceUnchanged } from './event-draft.ts'
import { draftFrom, startingPointIds, startingPointName } from './starting-points.ts'

const now = Date.parse('2026-11-22T05:20:00Z')

test.each(startingPointIds)('%s fills a draft that can be published as it is', (id) => {
  const draft = draftFrom(id, now)
  expect(checkDraft(draft, now).size).toBe(0)
  expect(draftFields(draft, now)).toMatchObject({ startsAtPublication: true })
  expect(draft.story).not.toBe('')
})

test('every starting point has texts of its own', () => {
  const texts = startingPointIds.flatMap((id) => {
    const { title, story, prizes } = draftFrom(id, now)
    return [startingPointName(id), title, story, prizes[0]?.name]
  })
  expect(new Set(texts).size).toBe(4 * startingPointIds.length)
})

test('another starting point replaces what was not changed, and nothing that was', () => {
  const [opening, holiday] = [draftFrom('opening', now), draftFrom('holiday', now)]
  const typed = { ...opening, title: '내가 쓴 제목', visitBonus: 5 }
  expect(replaceUnchanged(typed, opening, holiday)).toEqual({
    ...holiday,
    title: '내가 쓴 제목',
    visitBonus: 5,
  })
  const prizes = [{ ...opening.prizes[0], name: '내 경품' }]
  expect(replaceUnchanged(Object.assign(typed, { prizes }), opening, holiday).prizes).toEqual(prizes)
  expect(replaceUnchanged(opening, opening, draftFrom(null, now))).toEqual(draftFrom(null, now))
})
