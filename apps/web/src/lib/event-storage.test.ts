import { afterEach, expect, test, vi } from 'vitest'
import { storedReceipt, storeReceipt } from './event-storage.ts'

afterEach(() => vi.unstubAllGlobals())

/** The part of the browser's storage that pages use. */
function browserStorage(items = new Map<string, string>()) {
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

test('a stored receipt is returned as it was stored', () => {
  vi.stubGlobal('localStorage', browserStorage())
  storeReceipt('event', '{"receipt":{"person":"75e2"}}')
  expect(storedReceipt('event')).toBe('{"receipt":{"person":"75e2"}}')
  expect(storedReceipt('another')).toBeNull()
})

test('a receipt with a salt, which leads to the phone number, is deleted on sight', () => {
  const storage = browserStorage()
  vi.stubGlobal('localStorage', storage)
  storeReceipt('event', '{"receipt":{"n":0,"salt":"09090909"}}')
  expect(storedReceipt('event')).toBeNull()
  expect(storage.getItem('eungmo:receipt:event')).toBeNull()
})
