import { type RulesFields, textHash } from '@eungmo/draw/records'
import { automaticDrawAt } from '../deadlines/automatic-draw.ts'
import type { EventTerms } from '../events/event-terms.ts'
import { rulesText } from './rules-text.ts'

/** The fields of a rules record that follow from an event's terms. */
export type RulesOfTerms = Omit<RulesFields, 'seedCommitment' | 'operatorKey'>

/**
 * The fields of a rules record that follow from an event's terms, and the Korean text that they commit to.
 */
export function rulesOfTerms(terms: EventTerms, shopName: string): { fields: RulesOfTerms; text: string } {
  const text = rulesText(terms, shopName)
  return {
    text,
    fields: {
      winnerCount: terms.winnerCount,
      alternateCount: terms.alternateCount,
      visitBonus: terms.visitBonus,
      visitProof: 'static',
      endsAt: terms.endsAt.toISOString(),
      drawAt: automaticDrawAt(terms)?.toISOString() ?? null,
      claimDays: terms.claimDays,
      sitOutMonths: terms.sitOutMonths,
      beacon: terms.beacon,
      beaconDelay: terms.beaconDelay,
      textHash: textHash(text),
    },
  }
}

/** Whether a rules record has to be amended for these fields. */
export const differs = (rules: RulesOfTerms, fields: RulesOfTerms): boolean =>
  (Object.keys(fields) as (keyof RulesOfTerms)[]).some((key) => rules[key] !== fields[key])
