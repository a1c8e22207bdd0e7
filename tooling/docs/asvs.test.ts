import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../repository.ts'
import { metWithoutEvidence, requirementProblems, requirements } from './asvs.ts'

/** Levels 1 and 2 of the chapters V6, V7, V8, V14 and V16 in the text of OWASP ASVS 5.0. */
const NUMBERS = `
6.1.1 6.1.2 6.1.3
6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12
6.3.1 6.3.2 6.3.3 6.3.4
6.4.1 6.4.2 6.4.3 6.4.4
6.5.1 6.5.2 6.5.3 6.5.4 6.5.5
6.6.1 6.6.2 6.6.3
6.8.1 6.8.2 6.8.3 6.8.4
7.1.1 7.1.2 7.1.3
7.2.1 7.2.2 7.2.3 7.2.4
7.3.1 7.3.2
7.4.1 7.4.2 7.4.3 7.4.4 7.4.5
7.5.1 7.5.2
7.6.1 7.6.2
8.1.1 8.1.2
8.2.1 8.2.2 8.2.3
8.3.1 8.4.1
14.1.1 14.1.2
14.2.1 14.2.2 14.2.3 14.2.4
14.3.1 14.3.2 14.3.3
16.1.1
16.2.1 16.2.2 16.2.3 16.2.4 16.2.5
16.3.1 16.3.2 16.3.3 16.3.4
16.4.1 16.4.2 16.4.3
16.5.1 16.5.2 16.5.3
`
  .trim()
  .split(/\s+/)

test('docs/asvs.md has a line for every number of levels 1 and 2, with a state and its evidence or reason', () => {
  const lines = requirements(readFileSync(join(ROOT, 'docs/asvs.md'), 'utf8'))
  expect(requirementProblems(lines, NUMBERS)).toEqual([])
  // That nothing expires a password is shown by no file.
  expect(metWithoutEvidence(lines)).toEqual(['6.2.10'])
})

test('a missing, unknown or repeated number, another state and a line without a reason are found', () => {
  const text = [
    '| number | requirement | state | evidence or reason |',
    '| --- | --- | --- | --- |',
    '| 6.1.1 | one | met | `a.test.ts` |',
    '| 6.1.1 | one | met | says so |',
    '| 6.1.2 | two | partly | a reason |',
    '| 9.9.9 | nine | not met |  |',
  ].join('\n')
  const lines = requirements(text)
  expect(requirementProblems(lines, ['6.1.1', '6.1.2', '6.1.3'])).toEqual([
    '6.1.3 has no line',
    '9.9.9 is unknown',
    '6.1.1 is there twice',
    '6.1.2 has no state',
    '9.9.9 has no reason',
  ])
  expect(metWithoutEvidence(lines)).toEqual(['6.1.1'])
})
