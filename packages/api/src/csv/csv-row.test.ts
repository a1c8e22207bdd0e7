import { expect, test } from 'vitest'
import { csvRow } from './csv-row.ts'

test('every cell is quoted, so that no program splits it at a separator of its own', () => {
  expect(csvRow(['a', null, 7, 'b;c', 'd "e"', 'f,g', 'h\ni'])).toBe(
    '"a","","7","b;c","d ""e""","f,g","h\ni"\r\n',
  )
})

test.each(['=1', ' +1', '-1', '@x', '＝1', '\t=1', 'a;=HYPERLINK("x")', 'a; -1', 'a,@x', 'a|=1', 'a\n=1'])(
  '%j is shown as text',
  (value) => expect(csvRow([value])).toBe(`"'${value.replaceAll('"', '""')}"\r\n`),
)

test.each(['김은모', '10:30-11:00', 'a=b', '010-1234-5678', 'Kim; Lee', 'x - y'])(
  '%j stays as it is',
  (value) => expect(csvRow([value])).toBe(`"${value}"\r\n`),
)
