/** A path into JSON and the value there. */
export interface Mutation {
  readonly what: string
  readonly value: unknown
}

type Path = readonly (string | number)[]

/**
 * Every value of some JSON, changed in every small way: other values, other types, missing, doubled or
 * swapped parts.
 */
export function* mutations(root: unknown): Generator<Mutation> {
  for (const [path, value] of nodes(root, [])) {
    for (const [how, changed] of changesOf(value)) {
      yield { what: `${path.join('.')}: ${how}`, value: replaced(root, path, changed) }
    }
  }
}

function* nodes(value: unknown, path: Path): Generator<[Path, unknown]> {
  yield [path, value]
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    yield* nodes(member, [...path, Array.isArray(value) ? Number(key) : key])
  }
}

function* changesOf(value: unknown): Generator<[string, unknown]> {
  if (typeof value === 'number') yield* numberChanges(value)
  else if (typeof value === 'string') yield* stringChanges(value)
  else if (value === null)
    for (const other of [0, '', '00', false]) yield [`null to ${JSON.stringify(other)}`, other]
  else if (Array.isArray(value)) yield* arrayChanges(value)
  else yield* objectChanges(value as Record<string, unknown>)
}

function* numberChanges(value: number): Generator<[string, unknown]> {
  for (const other of [value + 1, value - 1, value + 0.5, -value - 1, 2 ** 53, Number.NaN, -0]) {
    if (!Object.is(other, value)) yield [`to ${Object.is(other, -0) ? '-0' : other}`, other]
  }
  yield ['to text', String(value)]
  yield ['to a boolean', value === 1]
  yield ['to null', null]
}

function* stringChanges(value: string): Generator<[string, unknown]> {
  if (value !== value.toUpperCase()) yield ['to upper case', value.toUpperCase()]
  if (value !== value.toLowerCase()) yield ['to lower case', value.toLowerCase()]
  const last = value.at(-1) ?? ''
  yield ['with another end', `${value.slice(0, -1)}${last === '0' ? '1' : '0'}`]
  yield ['with another start', `${value.startsWith('a') ? 'b' : 'a'}${value.slice(1)}`]
  yield ['cut off', value.slice(0, -1)]
  yield ['with a space', `${value} `]
  yield ['beyond ASCII', `${value}é`]
  yield ['empty', '']
  yield ['to a number', 1]
  yield ['to a boolean', true]
  yield ['to null', null]
  yield ['to an array', [value]]
}

function* arrayChanges(value: readonly unknown[]): Generator<[string, unknown]> {
  yield ['with null at its end', [...value, null]]
  yield ['to an object', { ...value }]
  if (value.length === 0) return
  yield ['without its last', value.slice(0, -1)]
  yield ['without its first', value.slice(1)]
  yield ['with its last twice', [...value, value.at(-1)]]
  if (value.length > 1) yield ['turned round', [...value].reverse()]
}

function* objectChanges(value: Record<string, unknown>): Generator<[string, unknown]> {
  yield ['with another key', { ...value, another: 0 }]
  yield ['to null', null]
  for (const key of Object.keys(value)) {
    const { [key]: _, ...rest } = value
    yield [`without ${key}`, rest]
  }
}

function replaced(value: unknown, [step, ...rest]: Path, changed: unknown): unknown {
  if (step === undefined) return changed
  if (Array.isArray(value)) return value.with(step as number, replaced(value[step as number], rest, changed))
  const members = value as Record<string, unknown>
  return { ...members, [step]: replaced(members[step], rest, changed) }
}
