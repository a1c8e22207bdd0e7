import { signReceipt } from '@eungmo/draw/receipts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deleteReceipt, storedEntries, storedReceipt, storeReceipt } from './event-storage.ts'

const ANNOUNCED = '2026-12-20T09:00:00.000Z'

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-12-01T00:00:00Z') }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const EVENT_ID = '0190a6f0-0000-7000-8000-000000000001'

const receiptOf = (eventId: string, at: string) =>
  JSON.stringify(
    signReceipt(new Uint8Array(32).fill(5), {
      eventId,
      rules: 'ab'.repeat(32),
      id: 'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
      applicationNumber: 'K7M2-9QXA',
      person: '75'.repeat(32),
      visited: 0,
      n: 0,
      at,
    }),
  )
const receipt = receiptOf(EVENT_ID, '2026-12-20T09:00:00.000Z')

/** The part of the browser's storage that pages use. */
function browserStorage(items = new Map<string, string>()) {
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    key: (index: number) => [...items.keys()][index] ?? null,
    get length() {
      return items.size
    },
  }
}

test('a stored receipt is returned as it was stored', () => {
  vi.stubGlobal('localStorage', browserStorage())
  storeReceipt('event', receipt, ANNOUNCED)
  expect(storedReceipt('event')).toBe(receipt)
  expect(storedReceipt('another')).toBeNull()
})

test.each(['', '{', '{}', 'null'])('%j is no receipt, and deleted on sight', (text) => {
  const storage = browserStorage()
  vi.stubGlobal('localStorage', storage)
  storeReceipt('event', text, ANNOUNCED)
  expect(storedReceipt('event')).toBeNull()
  expect(storage.getItem('eungmo:receipt:event')).toBeNull()
})

test('a receipt with a salt, which leads to the phone number, is deleted on sight', () => {
  const storage = browserStorage()
  vi.stubGlobal('localStorage', storage)
  storeReceipt('event', '{"receipt":{"n":0,"salt":"09090909"}}', ANNOUNCED)
  expect(storedReceipt('event')).toBeNull()
  expect(storage.getItem('eungmo:receipt:event')).toBeNull()
})

test.each([
  ['a bare receipt', receipt],
  ['another text', 'x'],
  ['no end', JSON.stringify({ receipt })],
])('%s in place of a stored receipt is deleted on sight', (_, text) => {
  const storage = browserStorage(new Map([['eungmo:receipt:event', text]]))
  vi.stubGlobal('localStorage', storage)
  expect(storedReceipt('event')).toBeNull()
  expect(storage.getItem('eungmo:receipt:event')).toBeNull()
})

test('a receipt stays until 90 days after the announcement, and then any page of any event deletes it', () => {
  const storage = browserStorage(new Map([['eungmo:head:old', 'head']]))
  vi.stubGlobal('localStorage', storage)
  storeReceipt('old', receipt, ANNOUNCED)
  vi.setSystemTime(Date.parse('2027-03-20T08:59:59.999Z'))
  expect(storedReceipt('old')).toBe(receipt)
  vi.setSystemTime(Date.parse('2027-03-20T09:00:00Z'))
  storeReceipt('new', receipt, '2027-04-01T09:00:00.000Z')
  expect(storage.getItem('eungmo:receipt:old')).toBeNull()
  expect(storage.getItem('eungmo:head:old')).toBe('head')
  expect(storedReceipt('new')).toBe(receipt)
})

test('a customer deletes the receipt of one event, and no other', () => {
  vi.stubGlobal('localStorage', browserStorage())
  storeReceipt('event', receipt, ANNOUNCED)
  storeReceipt('another', receipt, ANNOUNCED)
  deleteReceipt('event')
  expect([storedReceipt('event'), storedReceipt('another')]).toEqual([null, receipt])
})

test('the entries of this browser are listed newest first, and nothing else that it stores', () => {
  const storage = browserStorage(
    new Map([
      ['eungmo:head:other', 'head'],
      ['theme', 'dark'],
    ]),
  )
  vi.stubGlobal('localStorage', storage)
  expect(storedEntries()).toEqual([])
  const newer = EVENT_ID.replace(/1$/, '2')
  storeReceipt(EVENT_ID, receipt, ANNOUNCED)
  storeReceipt(newer, receiptOf(newer, '2026-12-20T09:00:01.000Z'), ANNOUNCED)
  storage.setItem('eungmo:receipt:broken', '{')
  expect(storedEntries()?.map(({ eventId }) => eventId)).toEqual([newer, EVENT_ID])
  expect(storedEntries()?.[1]).toEqual({ eventId: EVENT_ID, applicationNumber: 'K7M2-9QXA', receipt })
})

test('pages work where the browser forbids storage', () => {
  vi.stubGlobal('localStorage', undefined)
  storeReceipt('event', receipt, ANNOUNCED)
  deleteReceipt('event')
  expect(storedReceipt('event')).toBeNull()
  expect(storedEntries()).toBeNull()
})
