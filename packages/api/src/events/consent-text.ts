import { CANCELLED_DAYS, type PromisedDates } from '../deadlines/deadlines.ts'
import { seoulDate, seoulDateEnglish } from '../seoul-time.ts'

/**
 * The consent text in both languages: who, why, what, how long, what is published of winners, the age, and the
 * right to decline with its consequence.
 */
export function consentText(
  { shopName, title, sitOutMonths }: { shopName: string; title: string; sitOutMonths: number },
  { othersUntil, winnersUntil }: PromisedDates,
): { ko: string; en: string } {
  const purposes = purposesOf(sitOutMonths)
  return {
    ko: [
      `${shopName}은(는) 「${title}」 이벤트를 위해 아래와 같이 개인정보를 수집·이용합니다.`,
      `수집·이용하는 자: ${shopName}`,
      ...purposes.ko,
      '항목: 이름, 전화번호, 참여경로, 매장 방문 여부',
      `보유·이용 기간: 당첨되지 않으면 ${seoulDate(othersUntil)}까지, 당첨자와 예비 당첨자는 ${seoulDate(winnersUntil)}까지 보관하고 파기합니다. 이벤트가 취소되면 늦어도 취소 ${CANCELLED_DAYS}일 뒤에 파기합니다.`,
      '공개: 당첨자의 응모 번호, 이름 첫 글자와 경품을 당첨자 발표 페이지에 공개합니다. 추첨 기록에는 이름과 전화번호가 없습니다.',
      '나이: 만 14세 이상만 참여할 수 있습니다. 동의하면 만 14세 이상임을 확인하는 것입니다.',
      '동의를 거부할 권리가 있습니다. 다만 동의하지 않으면 이벤트에 참여할 수 없습니다.',
    ].join('\n'),
    en: [
      `${shopName} collects and uses your personal data for the event “${title}” as follows.`,
      `Collected and used by: ${shopName}`,
      ...purposes.en,
      'Items: name, phone number, entry path, whether you visited the shop',
      `Stored until: ${seoulDateEnglish(othersUntil)} if you do not win, ${seoulDateEnglish(winnersUntil)} for winners and alternates; then destroyed. If the event is cancelled, destroyed at most ${CANCELLED_DAYS} days later`,
      'Published: the application number, the first letter of the name and the prize of each winner, on the winners page. The record of the draw has no names and no phone numbers.',
      'Age: only people of 14 and older may enter. By agreeing you confirm that you are.',
      'You may decline. Without your consent you cannot take part in the event.',
    ].join('\n'),
  }
}

/** What the data is used for. An event without the rule about earlier winners says nothing of it. */
function purposesOf(sitOutMonths: number): { ko: string[]; en: string[] } {
  const [ko, en] = [
    '이벤트 참여 접수, 중복 참여 확인, 당첨자 추첨과 발표, 경품 전달을 위한 연락',
    'to accept your entry, to see that nobody enters twice, to draw and announce winners, and to contact winners about their prize',
  ]
  if (sitOutMonths === 0)
    return {
      ko: [`목적: ${ko}. 다른 목적으로는 쓰지 않습니다.`],
      en: [`Purpose: ${en}. It is used for nothing else.`],
    }
  const months = sitOutMonths === 1 ? 'one month' : `${sitOutMonths} months`
  return {
    ko: [
      `목적: ${ko}, 지난 당첨자 확인. 다른 목적으로는 쓰지 않습니다.`,
      `지난 당첨자 확인: 당첨자의 전화번호는 당첨 발표일부터 ${sitOutMonths}개월까지 이 매장의 다른 이벤트에서 같은 번호의 응모를 추첨에서 제외하는 데에도 씁니다. 이 이벤트를 추첨할 때도 이 매장의 지난 당첨자와 번호가 같은 응모를 제외합니다.`,
    ],
    en: [
      `Purpose: ${en}, and to leave earlier winners out of the draw. It is used for nothing else.`,
      `Earlier winners: for ${months} after the announcement, a winner’s phone number is also used to leave entries with the same number out of this shop’s other draws. This event’s draw leaves out entries with the number of an earlier winner of this shop, too.`,
    ],
  }
}
