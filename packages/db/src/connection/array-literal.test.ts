import postgres from 'postgres'
import { afterAll, expect, inject, test } from 'vitest'
import { arrayLiteral, byteaArrayLiteral } from './array-literal.ts'

const sql = postgres(inject('postgresUrl'), { max: 1 })
afterAll(() => sql.end())

test('Postgres reads back what was written, whatever is in it', async () => {
  const texts = [
    '',
    'a',
    'NULL',
    'null',
    null,
    '"',
    '\\',
    '{}',
    ',',
    ' 김 은모 ',
    "o'clock",
    '\n',
    '\\x00',
    '😀',
    '-',
  ]
  const [row] = await sql`select to_json(${arrayLiteral(texts)}::text::text[]) as texts`
  expect(row?.texts).toEqual(texts)

  const bytes = [Buffer.from([]), new Uint8Array([0, 255, 92, 34]), null, Buffer.alloc(40, 7)]
  const read = await sql`select encode(value, 'hex') as hex
    from unnest(${byteaArrayLiteral(bytes)}::text::bytea[]) with ordinality as u(value, at) order by at`
  expect(read.map(({ hex }) => hex)).toEqual(bytes.map((each) => each && Buffer.from(each).toString('hex')))
})
