import type { Step } from '@eungmo/draw/verify'
import * as m from '#lib/paraglide/messages.js'

const meanings: Record<Step, () => string> = {
  shapes: m.verify_fault_shapes,
  chain: m.verify_fault_chain,
  rules: m.verify_fault_rules,
  'seed-chain': m.verify_fault_seed_chain,
  list: m.verify_fault_list,
  round: m.verify_fault_round,
  signature: m.verify_fault_signature,
  seed: m.verify_fault_seed,
  draws: m.verify_fault_draws,
  vacancies: m.verify_fault_vacancies,
  openings: m.verify_fault_openings,
  'head-and-signatures': m.verify_fault_signed,
  anchors: m.verify_fault_anchors,
}

/** What it means that a check failed, for somebody who has never heard of it. */
export const faultMeaning = (step: Step): string => meanings[step]()
