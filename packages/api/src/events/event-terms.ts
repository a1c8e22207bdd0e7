import { DomainError, type FieldError } from '../errors/domain-error.ts'
import { maxDrawn } from './event-fields.ts'

/** What an owner sets and an entrant relies on. */
export interface EventTerms {
  title: string
  startsAt: Date
  endsAt: Date
  announcementDate: Date
  winnerCount: number
  alternateCount: number
  visitBonus: number
  prizes: { name: string; count: number }[]
  beacon: 'none' | 'quicknet'
  beaconDelay: number
}

/** The name of the prize of an event that names none. */
export const unnamedPrize = '경품'

interface PrizeInput {
  winnerCount?: number | undefined
  prizes?: { name: string; count: number }[] | undefined
}

/**
 * Winner count and prizes that agree: the count is the prizes' sum, and a count alone makes one prize. With `before`, a count
 * alone keeps a single prize's name. Throws VALIDATION_FAILED where both are given and disagree, or neither is there.
 */
export function agreePrizes(
  { winnerCount, prizes }: PrizeInput,
  before?: { winnerCount: number; prizes: { name: string; count: number }[] },
): { winnerCount: number; prizes: { name: string; count: number }[] } {
  if (prizes) {
    const sum = prizes.reduce((total, { count }) => total + count, 0)
    if (sum > maxDrawn) throw invalid({ field: 'prizes', code: 'too_large' })
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
  return { winnerCount, prizes: [{ name: before?.prizes[0]?.name ?? unnamedPrize, count: winnerCount }] }
}

/** `true` means the published number, or 1 where none was published. */
export const agreeVisitBonus = (input: boolean | number, published = 0): number =>
  typeof input === 'number' ? input : input ? published || 1 : 0

/** Throws VALIDATION_FAILED unless start < end <= announcement, and no more is drawn than one draw may. */
export function checkTerms(terms: EventTerms): void {
  const faults: FieldError[] = []
  if (terms.startsAt >= terms.endsAt) faults.push({ field: 'endsAt', code: 'dates.order' })
  if (terms.endsAt > terms.announcementDate) faults.push({ field: 'announcementDate', code: 'dates.order' })
  if (terms.winnerCount + terms.alternateCount > maxDrawn) {
    faults.push({ field: 'alternateCount', code: 'too_large' })
  }
  if (faults.length > 0) throw invalid(...faults)
}

const invalid = (...fields: FieldError[]) => new DomainError('VALIDATION_FAILED', { fields })
