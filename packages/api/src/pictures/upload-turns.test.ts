import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { expectApiError } from '../../test/support/expect-api-error.ts'
import { createUploadTurns } from './upload-turns.ts'

/** Uploads that end when `end` is called; `begun` names those whose request is being read. */
function uploads() {
  const take = createUploadTurns()
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<string>>()
  return {
    begun,
    start(shopId: string, name: string): Promise<string> {
      const ended = Promise.withResolvers<string>()
      ends.set(name, ended)
      return take(shopId, () => {
        begun.push(name)
        return ended.promise
      })
    },
    end: (name: string) => ends.get(name)?.resolve(name),
    fail: (name: string) => ends.get(name)?.reject(new Error(name)),
  }
}

describe('a shop that uploads many pictures at once', () => {
  test('has one of them read, one that waits, and 503 for every other', async () => {
    const { start, end, begun } = uploads()
    const first = start('bakery', 'first')
    const second = start('bakery', 'second')
    await expectApiError(start('bakery', 'third'), 'UNAVAILABLE', { retryAfter: 10 })
    await setImmediate()
    expect(begun).toEqual(['first'])
    end('first')
    expect(await first).toBe('first')
    end('second')
    expect(await second).toBe('second')
    expect(begun).toEqual(['first', 'second'])
  })

  test('leaves the places of other shops free', async () => {
    const { start, end, begun } = uploads()
    const others = [start('bakery', 'first'), start('bakery', 'second')]
    const florist = start('florist', 'rose')
    await setImmediate()
    expect(begun).toEqual(['first', 'rose'])
    for (const name of ['rose', 'first', 'second']) end(name)
    expect(await Promise.all([florist, ...others])).toEqual(['rose', 'first', 'second'])
  })

  test('uploads again after one that failed', async () => {
    const { start, end, fail } = uploads()
    const first = start('bakery', 'first')
    fail('first')
    await expect(first).rejects.toThrow('first')
    const again = start('bakery', 'again')
    end('again')
    expect(await again).toBe('again')
  })
})
