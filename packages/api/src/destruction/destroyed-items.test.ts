import { expect, test } from 'vitest'
import { destroyedItems } from './destroyed-items.ts'

test('a certificate names every item that destruction erases, in both languages', () => {
  expect(destroyedItems('ko')).toEqual([
    '이름',
    '전화번호와 그것을 찾는 색인',
    '응모 번호',
    '응모 양식의 식별값',
    '마케팅 수신 동의',
    '참여·동의·방문·당첨·제외 시각의 분과 초',
    '추첨 제외 메모',
    '당첨 기록의 참여자 확인값',
    '당첨 취소 메모',
    '당첨 안내 링크',
    '확인·수령 시각의 분과 초',
    '수령 정보(방문일 또는 받을 곳)',
    '보낸 안내',
    '연락 기록',
  ])
  expect(destroyedItems('en')).toHaveLength(14)
})
