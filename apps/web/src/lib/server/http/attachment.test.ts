import { parse } from 'content-disposition'
import { expect, test } from 'vitest'
import { attachment } from './attachment.ts'

test.each(["Kim's 카페 (본점) 참여자.csv", `${'가'.repeat(59)}🎁 참여자.csv`, '100% *무료* "이벤트".csv'])(
  'the file name %j has only characters of RFC 8187, and arrives unchanged',
  (fileName) => {
    const header = attachment(fileName, 'export.csv')
    const [, encoded = ''] = /filename\*=UTF-8''(.*)$/.exec(header) ?? []
    expect(encoded).toMatch(/^(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+$/)
    expect(decodeURIComponent(encoded)).toBe(fileName)
    expect(parse(header).parameters.filename).toBe(fileName)
  },
)
