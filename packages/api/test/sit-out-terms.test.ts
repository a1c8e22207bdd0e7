import { textHash } from '@eungmo/draw/records'
import { describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { createOpenEvent, eventInput, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

const readPage = (slug: string) => api.anonymous.events.getBySlug({ slug })

describe('an event whose earlier winners sit out', () => {
  test('says so in its rules record, its rules text and its consent text, in both languages', async () => {
    const event = await createOpenEvent(owner, { sitOutMonths: 2 })
    expect(event.sitOutMonths).toBe(2)
    const { rules, consent } = await readPage(event.slug)
    const { records } = await api.anonymous.draws.chain({ eventId: event.id })
    expect(records[0]).toMatchObject({ sitOutMonths: 2, textHash: textHash(rules?.text ?? '') })
    expect(rules?.text).toContain('지난 당첨자: ')
    expect(rules?.text).toContain('2개월')
    expect(consent.text.ko).toContain('지난 당첨자 확인: 당첨자의 전화번호는 당첨 발표일부터 2개월까지')
    expect(consent.text.en).toContain('Earlier winners: for 2 months after the announcement')
  })

  test('may be chosen freely in a draft', async () => {
    const { id } = await owner.events.create(eventInput({ sitOutMonths: 3 }))
    expect((await owner.events.update({ eventId: id, sitOutMonths: 1 })).sitOutMonths).toBe(1)
    expect((await owner.events.update({ eventId: id, title: '새 이름' })).sitOutMonths).toBe(1)
    expect((await owner.events.update({ eventId: id, sitOutMonths: 0 })).sitOutMonths).toBe(0)
  })

  test('never changes that once published, even before the first entry', async () => {
    for (const [published, changed] of [
      [2, 0],
      [2, 3],
      [0, 1],
    ] as const) {
      const { id } = await createOpenEvent(owner, { sitOutMonths: published })
      await expectApiError(owner.events.update({ eventId: id, sitOutMonths: changed }), 'TERMS_FIXED', {
        sitOutMonths: published,
      })
      const same = await owner.events.update({ eventId: id, sitOutMonths: published, winnerCount: 3 })
      expect(same).toMatchObject({ sitOutMonths: published, winnerCount: 3 })
    }
  })

  test.each([-1, 4, 1.5, '1', true])('%j months get a field error', async (months) => {
    const input = { ...eventInput(), sitOutMonths: months }
    const error = await expectApiError(
      owner.events.create(input as ReturnType<typeof eventInput>),
      'VALIDATION_FAILED',
    )
    expect(error.details.fields?.map(({ field }) => field)).toEqual(['sitOutMonths'])
  })
})

test('an event without the rule says nothing of earlier winners', async () => {
  const event = await createOpenEvent(owner, { announcementDate: inHours(72) })
  expect(event.sitOutMonths).toBe(0)
  const { rules, consent } = await readPage(event.slug)
  expect(rules?.text).not.toContain('지난 당첨자')
  expect(consent.text.ko).not.toContain('지난 당첨자')
  expect(consent.text.en).not.toContain('arlier winner')
  expect(consent.text.ko).toContain('경품 전달을 위한 연락. 다른 목적으로는 쓰지 않습니다.')
  expect(consent.text.en).toContain('contact winners about their prize. It is used for nothing else.')
})
