import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { keyName, readSecretKeys } from '../src/secret-keys.ts'

const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64')

describe('a name made from the check value', () => {
  test('is k and the first 8 hex digits of HKDF-SHA256 with the info "eungmo/check/1"', () => {
    // The check value of 32 bytes of 01 is 64d8ea5df207e6db708e5cec0682f876, as Python's hmac computes it.
    expect(keyName(new Uint8Array(32).fill(1))).toBe('k64d8ea5d')
  })

  test('is accepted with its own secret only, and the error does not quote the secret', () => {
    expect(readSecretKeys(`k64d8ea5d:${base64(1)}`)).toHaveLength(1)
    const wrong = () => readSecretKeys(`k1:${base64(1)},k64d8ea5d:${base64(2)}`)
    expect(wrong).toThrow(
      'has a key "k64d8ea5d" whose secret does not belong to this name; copy the key again.',
    )
    expect(wrong).not.toThrow(base64(2))
  })

  test('is optional: a name of another form goes with any secret', () => {
    expect(readSecretKeys(`k1:${base64(1)},k64d8ea5:${base64(2)},shop_2026:${base64(3)}`)).toHaveLength(3)
  })
})

test('`bun run new-key` prints another key each time, under its own name, and the line to paste', () => {
  const print = () => {
    const program = fileURLToPath(new URL('../bin/new-key.ts', import.meta.url))
    const { stdout, exitCode } = Bun.spawnSync([process.execPath, program], { env: {} })
    expect(exitCode).toBe(0)
    return stdout.toString().split('\n')
  }
  const [first, second] = [print(), print()]
  const [key = ''] = first
  expect(key).toMatch(/^k[0-9a-f]{8}:/)
  expect(readSecretKeys(key)).toHaveLength(1)
  expect(first).toContain(`  SECRET_KEYS=${key}`)
  expect(second[0]).not.toBe(key)
})
