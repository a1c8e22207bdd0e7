import { expect, test } from 'vitest'
import { calendarFile } from './calendar.ts'

test('a calendar file escapes its text, folds long lines by bytes and is in UTC', () => {
  const file = calendarFile({
    uid: 'a@eungmo',
    title: `당첨 발표: 케이크, 빵; ${'가'.repeat(40)}`,
    place: '링고베이커리',
    start: '2026-12-24T14:00:00+09:00',
    createdAt: '2026-11-22T00:00:00.123Z',
    url: 'http://x/e/cake/winners',
  })
  expect(file).toContain('DTSTART:20261224T050000Z\r\nDTEND:20261224T053000Z\r\n')
  expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:당첨 발표: 케이크\\, 빵\\; ${'가'.repeat(40)}\r\n`)
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
})
