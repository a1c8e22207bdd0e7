import type { Locale } from '../locale.ts'
import { seoulDateTime } from '../seoul-time.ts'
import type { DomainErrorDetails } from './error-details.ts'

const bonusText = (published: DomainErrorDetails['published'], locale: Locale): string =>
  published?.visitBonus == null
    ? { ko: '추첨 때 결정', en: 'decided at the draw' }[locale]
    : { ko: `${published.visitBonus}장`, en: String(published.visitBonus) }[locale]

/** The message of TERMS_FIXED: it names the term that entrants rely on. */
export function fixedTermsText(details: DomainErrorDetails, locale: Locale): string {
  const { published, latestAnnouncement, claimDays, sitOutMonths } = details
  const texts = { ko: '', en: '' }
  if (sitOutMonths !== undefined) {
    texts.ko = `지난 당첨자가 쉬는 기간은 공개한 뒤에 바꿀 수 없어요: ${sitOutMonths}개월`
    texts.en = `For how many months earlier winners sit out cannot be changed once published: ${sitOutMonths}`
  } else if (claimDays) {
    texts.ko = `참여한 분들께 약속한 경품 수령 기간은 줄일 수 없어요: ${claimDays}일`
    texts.en = `Entrants were promised ${claimDays} days to claim a prize: there cannot be fewer`
  } else if (latestAnnouncement) {
    texts.ko = `참여한 분들께 약속한 개인정보 보관 기한보다 늦게 발표할 수 없어요: ${seoulDateTime(latestAnnouncement)}까지`
    texts.en = `The announcement may not move beyond the date until which entrants' data is stored: ${latestAnnouncement}`
  } else {
    texts.ko = `참여한 분들께 공개한 조건은 바꿀 수 없어요: 당첨자 ${published?.winnerCount ?? 0}명, 매장방문 가산점 ${bonusText(published, 'ko')}`
    texts.en = `The terms that entrants saw cannot be changed: ${published?.winnerCount ?? 0} winners, visit bonus ${bonusText(published, 'en')}`
  }
  return texts[locale]
}
