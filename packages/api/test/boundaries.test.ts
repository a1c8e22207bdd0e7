import { weakTexts } from '@eungmo/tooling/testing/weak-texts'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { appRouter } from '../src/router.ts'

interface Definition {
  type: 'query' | 'mutation' | 'subscription'
  inputs: z.ZodType[]
}

const procedures = Object.entries(appRouter._def.procedures as Record<string, unknown>).map(
  ([path, procedure]) => ({ path, ...(Reflect.get(Object(procedure), '_def') as Definition) }),
)

describe('every input of the router', () => {
  test.each(procedures)(
    '$path takes only texts that can be stored, and a mutation no unknown key',
    ({ type, inputs }) => {
      expect(inputs.flatMap((input) => weakTexts(input, { strict: type === 'mutation' }))).toEqual([])
    },
  )

  test('is walked: the walk reports what a boundary must not have', () => {
    const weak = z.object({
      bare: z.string(),
      short: z.string().max(10).optional(),
      list: z.array(z.strictObject({ text: z.string().trim().min(1).max(5) })).max(3),
      endless: z.array(z.int()),
      any: z.record(z.string(), z.unknown()),
      code: z.string().regex(/^[a-z]{1,5}$/),
      parsed: z.string().transform((value) => value.trim()),
    })
    expect(weakTexts(weak, { strict: true })).toEqual([
      'input accepts unknown keys',
      'input.bare lets "가\\u0000나" through',
      'input.short lets "가\\u0000나" through',
      'input.list[].text lets "가\\u0000나" through',
      'input.endless is a list without a limit',
      'input.any accepts any record',
      'input.parsed lets "가\\u0000나" through',
    ])
  })
})
