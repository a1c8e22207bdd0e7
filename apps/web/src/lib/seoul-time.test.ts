import { expect, test } from 'vitest'
import {
  daysLeft,
  formatDay,
  formatMoment,
  formatTicketDate,
  formatTime,
  seoulRecordTime,
} from './seoul-time.ts'

const now = '2026-11-22T00:00:00Z'

test('a moment near midnight UTC falls on the Korean day', () => {
  expect(formatMoment('2026-12-23T15:30:00Z', 'ko', now)).toBe('12월 24일(목) 오전 12시 30분')
  expect(formatTicketDate('2026-12-31T15:00:00Z')).toBe('2027.01.01')
  expect(seoulRecordTime('2026-12-24T05:00:07Z')).toBe('2026-12-24 14:00:07')
})

test('full hours leave the minutes out, noon and midnight have names', () => {
  expect(formatTime('2026-12-24T05:00:00Z', 'ko')).toBe('오후 2시')
  expect(formatTime('2026-12-24T03:00:00Z', 'ko')).toBe('낮 12시')
  expect(formatTime('2026-12-24T15:00:00Z', 'ko')).toBe('자정')
  expect(formatTime('2026-12-24T05:00:00Z', 'en')).toBe('14:00')
})

test('another year is named', () => {
  expect(formatDay('2027-01-02T03:00:00Z', 'ko', now)).toBe('2027년 1월 2일(토)')
  expect(formatMoment('2026-12-24T05:00:00Z', 'en', now)).toBe('Thu 24 December, 14:00')
})

test('the days left are calendar days of Korea', () => {
  expect(daysLeft('2026-12-20T18:00:00+09:00', '2026-12-20T00:01:00+09:00')).toBe(0)
  expect(daysLeft('2026-12-20T00:30:00+09:00', '2026-12-19T23:50:00+09:00')).toBe(1)
  expect(daysLeft('2026-12-20T00:30:00+09:00', '2026-11-22T12:00:00+09:00')).toBe(28)
})
