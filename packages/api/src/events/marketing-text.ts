import type { PromisedDates } from '../deadlines/deadlines.ts'
import { seoulDate, seoulDateEnglish } from '../seoul-time.ts'

/** The text of the optional marketing box in both languages: who, what for, what, how long, and how to withdraw. */
export function marketingText(
  { shopName }: { shopName: string },
  { othersUntil, winnersUntil }: PromisedDates,
): { ko: string; en: string } {
  return {
    ko: [
      `${shopName}의 소식과 할인 안내(광고)를 받는 것에 대한 동의입니다. 선택 사항이며, 동의하지 않아도 응모와 추첨에 아무 영향이 없습니다.`,
      `보내는 자: ${shopName}`,
      '목적: 매장 소식, 할인, 새 이벤트 안내를 문자메시지나 전화로 전하는 것',
      '항목: 이름, 전화번호',
      `보유·이용 기간: 동의를 철회할 때까지. 늦어도 응모 정보를 파기할 때(당첨되지 않으면 ${seoulDate(othersUntil)}, 당첨자와 예비 당첨자는 ${seoulDate(winnersUntil)}) 함께 파기합니다.`,
      '철회: 응모 확인 페이지에서 언제든지 할 수 있습니다. 응모는 그대로 남습니다.',
    ].join('\n'),
    en: [
      `By ticking this box you agree that ${shopName} sends you news and offers (advertising). It is optional: your entry and the draw do not depend on it.`,
      `Sent by: ${shopName}`,
      'Purpose: to tell you about the shop, its offers and new events by text message or phone',
      'Items: name, phone number',
      `Stored until: you withdraw your consent, at the latest when your entry's data is destroyed (${seoulDateEnglish(othersUntil)} if you do not win, ${seoulDateEnglish(winnersUntil)} for winners and alternates)`,
      'Withdrawal: at any time on the page that shows your entry. The entry stays.',
    ].join('\n'),
  }
}
