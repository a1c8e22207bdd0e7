import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { variables } from '../src/variables.ts'

/** Variables of compose.yaml itself, which no process of ours reads. */
const COMPOSE_ONLY = ['POSTGRES_PASSWORD', 'STOP_GRACE_PERIOD']

const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')
const listed = new Map(
  [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
)

test('.env.example lists every variable, and no other', () => {
  expect([...listed.keys()].toSorted()).toEqual([...Object.keys(variables), ...COMPOSE_ONLY].toSorted())
})

test.each(Object.entries(variables))('.env.example shows the default of %s', (name, schema) => {
  const value = listed.get(name)
  expect(schema.safeParse(value)).toEqual(schema.safeParse(undefined))
  if (schema.safeParse(undefined).data !== undefined && !isEmptyList(schema.parse(undefined))) {
    expect(value, 'a default is written out').not.toBe('')
  }
})

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0
