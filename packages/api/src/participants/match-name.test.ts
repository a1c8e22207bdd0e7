import { expect, test } from 'vitest'
import { createNameMatcher } from './match-name.ts'

test.each([
  ['하늘', '김하늘'],
  ['김하늘', '김 하늘'],
  ['김 하', '김하늘'],
  ['ㄱㅎㄴ', '김하늘'],
  ['ㅎㄴ', '김 하늘'],
  ['KIM', 'Minsu Kim'],
  ['\u1100\u1175\u11b7', '김하늘'],
  ['%_', '100%_할인'],
])('%j finds %j', (part, name) => expect(createNameMatcher(part)(name)).toBe(true))

test.each([
  ['ㄱㄴ', '김하늘'],
  ['하날', '김하늘'],
  ['ㄱ하', '김하늘'],
  ['%', '김하늘'],
])('%j does not find %j', (part, name) => expect(createNameMatcher(part)(name)).toBe(false))
