import type { Step } from '@eungmo/draw/verify'

/** The protocol's checks, gathered into what a reader thinks of as one step; in the order in which they run. */
export const stepGroups = [
  { key: 'rules', steps: ['shapes', 'chain', 'rules', 'seed-chain'] },
  { key: 'list', steps: ['list'] },
  { key: 'beacon', steps: ['round', 'signature'] },
  { key: 'draw', steps: ['seed', 'draws'] },
  { key: 'winners', steps: ['vacancies', 'openings'] },
  { key: 'signed', steps: ['head-and-signatures'] },
  { key: 'kept', steps: ['anchors'] },
] as const satisfies readonly { key: string; steps: readonly Step[] }[]

export type StepGroupKey = (typeof stepGroups)[number]['key']
/** `absent`: there was nothing of the kind to check. */
export type StepState = 'waiting' | 'working' | 'passed' | 'failed' | 'absent'

/** How a group of checks stands, given the checks that passed, the one that runs and the one that failed. */
export function groupState(
  steps: readonly Step[],
  passed: ReadonlySet<Step>,
  running: Step | null,
  failed: Step | null,
): StepState {
  if (failed && steps.includes(failed)) return 'failed'
  if (steps.every((step) => passed.has(step))) return 'passed'
  if (running && steps.includes(running)) return 'working'
  return 'waiting'
}
