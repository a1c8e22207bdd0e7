import { type RulesFields, textHash } from '@eungmo/draw/records'
import type { EventTerms } from '../events/event-terms.ts'
import { rulesText } from './rules-text.ts'

/** What an event's terms put into a rules record. */
export type TermsOfRules = Omit<RulesFields, 'seedCommitment' | 'operatorKey'>

/** The fields of a rules record that follow from an event's terms, and the Korean text that they commit to. */
export function rulesOf(terms: EventTerms, shopName: string): { fields: TermsOfRules; text: string } {
  const text = rulesText(terms, shopName)
  return {
    text,
    fields: {
      winnerCount: terms.winnerCount,
      alternateCount: terms.alternateCount,
      visitBonus: terms.visitBonus,
      endsAt: terms.endsAt.toISOString(),
      beacon: terms.beacon,
      beaconDelay: terms.beaconDelay,
      textHash: textHash(text),
    },
  }
}

/** Whether `fields` say something that `rules` do not. */
export const differ = (rules: TermsOfRules, fields: TermsOfRules): boolean =>
  (Object.keys(fields) as (keyof TermsOfRules)[]).some((key) => rules[key] !== fields[key])
