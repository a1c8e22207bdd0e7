import { seoulDateTime } from '../seoul-time.ts'
import { MIN_CONTACT_ATTEMPTS, MIN_CONTACT_DAYS } from '../winners/winner-state.ts'
import type { DomainErrorDetails } from './error-details.ts'

/** What CLAIM_OPEN says: why a winner cannot be withdrawn yet, or that nothing can be destroyed yet. */
export function claimOpenText(
  { claimUntil, reason, contacts }: DomainErrorDetails,
  language: 'ko' | 'en',
): string {
  const until = claimUntil ? seoulDateTime(claimUntil) : ''
  if (reason === 'unreachable') {
    const { attempts, days } = contacts ?? { attempts: 0, days: 0 }
    return language === 'ko'
      ? `연락이 닿지 않는다는 이유는 서로 다른 ${MIN_CONTACT_DAYS}일 이상에 걸쳐 ${MIN_CONTACT_ATTEMPTS}번 연락한 기록이 있어야 쓸 수 있어요(지금 ${days}일, ${attempts}번). 당첨자는 ${until}까지 경품을 받을 수 있어요`
      : `“Cannot be reached” takes ${MIN_CONTACT_ATTEMPTS} logged attempts on ${MIN_CONTACT_DAYS} days (now ${attempts} on ${days}). The winner can claim the prize until ${claimUntil ?? ''}`
  }
  if (reason === 'deadline')
    return language === 'ko'
      ? `당첨자가 아직 경품을 받을 수 있어요: ${until}까지`
      : `The winner can still claim the prize: until ${claimUntil ?? ''}`
  return language === 'ko'
    ? `당첨자가 경품을 받을 수 있는 동안에는 지울 수 없어요${until && `: ${until}까지`}`
    : `Nothing can be destroyed while a winner can claim a prize${claimUntil ? `: until ${claimUntil}` : ''}`
}
