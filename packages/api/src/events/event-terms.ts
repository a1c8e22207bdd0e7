import type { EventPrize } from '@eungmo/db/queries/events'
import { MAX_DRAWN } from '@eungmo/draw/records'
import { earliestAnnouncement } from '../deadlines/automatic-draw.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { FieldError } from '../errors/error-details.ts'
import { maxAlternates } from './alternates.ts'

/** What an owner sets and an entrant relies on. */
export interface EventTerms {
  title: string
  startsAt: Date
  endsAt: Date
  announcementDate: Date
  winnerCount: number
  alternateCount: number
  /** Null where the draw decides between none and one. */
  visitBonus: number | null
  /** Days from the announcement within which a winner claims the prize. */
  claimDays: number
  prizes: EventPrize[]
  beacon: 'none' | 'quicknet'
  beaconDelay: number
  /** For how many months winners of the shop's earlier events take no part, 0 to 3. */
  sitOutMonths: number
  /** Whether the draw starts by itself, a minute after entries close. */
  drawsAutomatically: boolean
}

/** The prize where the owner gave only a winner count. */
const unnamedPrize = { name: '경품', valueWon: null, ownerPaysTax: false, isDelivered: false }

interface PrizeInput {
  winnerCount?: number | undefined
  prizes?: EventPrize[] | undefined
}

/**
 * Winner count and prizes that match: the count is the sum of the prizes' counts, and a count alone becomes
 * one prize, which otherwise stays as in `before`. Throws VALIDATION_FAILED where the two contradict each
 * other, or both are missing.
 */
export function resolvePrizes(
  { winnerCount, prizes }: PrizeInput,
  before?: { winnerCount: number; prizes: EventPrize[] },
): { winnerCount: number; prizes: EventPrize[] } {
  if (prizes) {
    const sum = prizes.reduce((total, { count }) => total + count, 0)
    if (sum > MAX_DRAWN) throw invalid({ field: 'prizes', code: 'too_large' })
    if (winnerCount !== undefined && winnerCount !== sum)
      throw invalid({ field: 'winnerCount', code: 'invalid' })
    return { winnerCount: sum, prizes }
  }
  if (winnerCount === undefined) {
    if (before) return before
    throw invalid({ field: 'winnerCount', code: 'required' })
  }
  if (before && before.winnerCount === winnerCount) return before
  if (before && before.prizes.length > 1) throw invalid({ field: 'prizes', code: 'required' })
  return { winnerCount, prizes: [{ ...(before?.prizes[0] ?? unnamedPrize), count: winnerCount }] }
}

/** The number of extra tickets: `true` means the published number, or 1 where none was published. */
export const resolveVisitBonus = (input: boolean | number, published: number | null = null): number =>
  typeof input === 'number' ? input : input ? published || 1 : 0

/**
 * Throws VALIDATION_FAILED unless start < end <= announcement, with an automatic draw in time for it; where such a
 * draw would have to decide the visit bonus; and for more than MAX_DRAWN winners and alternates.
 */
export function checkTerms(terms: EventTerms): void {
  const errors: FieldError[] = []
  if (terms.startsAt >= terms.endsAt) errors.push({ field: 'endsAt', code: 'dates.order' })
  if (terms.endsAt > terms.announcementDate) errors.push({ field: 'announcementDate', code: 'dates.order' })
  else if (terms.announcementDate < earliestAnnouncement(terms))
    errors.push({ field: 'announcementDate', code: 'dates.draw' })
  if (terms.drawsAutomatically && terms.visitBonus === null)
    errors.push({ field: 'visitBonus', code: 'visit_bonus.automatic' })
  if (terms.alternateCount > maxAlternates(terms.winnerCount))
    errors.push({ field: 'alternateCount', code: 'too_large' })
  if (errors.length > 0) throw invalid(...errors)
}

const invalid = (...fields: FieldError[]) => new DomainError('VALIDATION_FAILED', { fields })

/** The error of terms that entrants rely on already, with what was published. */
export const termsFixed = ({ winnerCount, visitBonus }: EventTerms): DomainError =>
  new DomainError('TERMS_FIXED', { published: { winnerCount, visitBonus } })
