import { automaticDrawAt } from '../deadlines/automatic-draw.ts'
import type { EventTerms } from '../events/event-terms.ts'
import { prizeTax } from '../prizes/prize-tax.ts'
import { seoulDateTime } from '../seoul-time.ts'

/**
 * The Korean text that entrants see and that a rules record commits to: prizes, dates, odds, claim deadline,
 * what is published. It is stored with its record, so that a later wording never changes an older event.
 */
export function rulesText(terms: EventTerms, shopName: string): string {
  const { title, startsAt, endsAt, announcementDate, winnerCount, alternateCount, visitBonus } = terms
  const drawAt = automaticDrawAt(terms)
  return [
    `이벤트: ${title} (${shopName})`,
    `참여 기간: ${seoulDateTime(startsAt)}부터 ${seoulDateTime(endsAt)}까지 (한국 시간)`,
    ...(drawAt
      ? [
          `추첨: ${seoulDateTime(drawAt)}에 자동으로 시작해요. 참여자가 당첨자 수보다 적으면 모두 당첨되고, 한 명도 없으면 추첨하지 않아요.`,
        ]
      : []),
    `당첨 발표: ${seoulDateTime(announcementDate)}`,
    `경품: ${terms.prizes.map(prizeText).join(', ')}`,
    ...taxLines(terms.prizes),
    `당첨자 ${winnerCount}명, 예비 당첨자 ${alternateCount}명`,
    visitBonus === null
      ? '당첨 확률: 참여하면 응모권 1장이고, 매장을 방문하면 1장을 더 받을지는 추첨 때 정해요. 응모권마다 확률이 같아요.'
      : visitBonus > 0
        ? `당첨 확률: 참여하면 응모권 1장, 매장을 방문하면 ${visitBonus}장을 더 받아요. 응모권마다 확률이 같아요.`
        : '당첨 확률: 한 사람에 응모권 1장이고, 응모권마다 확률이 같아요.',
    '한 사람은 한 번만 당첨돼요.',
    ...sitOutText(terms.sitOutMonths),
    `당첨 발표일부터 ${terms.claimDays}일 안에 연락이 닿지 않거나 자격이 없으면 당첨이 취소되고, 예비 당첨자가 순서대로 이어받거나 다시 추첨해요.`,
    terms.beacon === 'quicknet'
      ? `추첨은 참여자 목록을 확정하고 ${terms.beaconDelay}초 뒤에 나오는 공개 난수(drand quicknet)로 정해져요. 목록을 확정할 때는 아무도 결과를 알 수 없어요.`
      : '추첨은 이벤트를 시작할 때 봉인한 비밀값으로 정해져요. 공개 난수를 쓰지 않아 주최자가 결과를 미리 알 수 있어요.',
    '추첨이 끝나면 누구나 다시 계산해 볼 수 있는 기록을 바로 공개하고, 당첨자의 응모 번호는 당첨 발표일부터 공개해요.',
  ].join('\n')
}

const prizeText = ({ name, count, valueWon, isDelivered }: EventTerms['prizes'][number]): string =>
  `${name}${worth(valueWon)} ${count}명${isDelivered ? ' (배송)' : ''}`

/** An event without the rule has no line about it: its text stays what it was. */
const sitOutText = (months: number): string[] =>
  months === 0
    ? []
    : [
        `지난 당첨자: 이 이벤트의 참여가 끝나기 전 ${months}개월 안에 당첨을 발표한 이 매장 이벤트의 당첨자는 추첨에 들어가지 않아요. 그 이벤트도 이 내용을 안내했고 당첨자 정보를 아직 보관할 때만 그렇고, 두 이벤트의 기간이 다르면 짧은 쪽을 따라요. 이 이벤트의 당첨자도 당첨 발표 뒤 ${months}개월까지는 이 매장의 다음 이벤트 추첨에 들어가지 않을 수 있어요.`,
      ]
const won = (amount: number) => `${amount.toLocaleString('ko')}원`

const worth = (valueWon: number | null) => (valueWon === null ? '' : `(${won(valueWon)} 상당)`)

/** One line that says which prizes are taxed, and whose money pays; none where no prize is. */
function taxLines(prizes: EventTerms['prizes']): string[] {
  const taxed = prizes.flatMap((prize) => {
    const tax = prizeTax(prize)
    return tax ? [{ name: prize.name, tax }] : []
  })
  if (taxed.length === 0) return []
  const payers = taxed.map(({ name, tax }) =>
    tax.paidBy === 'shop'
      ? `${name}의 세금은 매장이 내요.`
      : `${name}의 세금 ${won(tax.totalWon)}은 당첨자가 내요.`,
  )
  return [
    `제세공과금: 5만 원이 넘는 경품에는 세금 22%(소득세 20%, 지방소득세 2%)가 붙어요. ${payers.join(' ')}`,
  ]
}
