import type { Step } from '@eungmo/draw/verify'
import * as m from '#lib/paraglide/messages.js'

const texts: Record<Step, () => string> = {
  shapes: m.verify_problem_shapes,
  chain: m.verify_problem_chain,
  rules: m.verify_problem_rules,
  'seed-chain': m.verify_problem_seed_chain,
  list: m.verify_problem_list,
  round: m.verify_problem_round,
  signature: m.verify_problem_signature,
  seed: m.verify_problem_seed,
  draws: m.verify_problem_draws,
  vacancies: m.verify_problem_vacancies,
  openings: m.verify_problem_openings,
  'head-and-signatures': m.verify_problem_signed,
  anchors: m.verify_problem_anchors,
}

/** What a failed check means, in plain words. */
export const failedStepText = (step: Step): string => texts[step]()
