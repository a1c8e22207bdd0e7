import type { EventPhase } from '@eungmo/api/events/schema'

/** Whether the terms and channels of an event in this phase can be changed. */
export const isEditable = (phase: EventPhase): boolean =>
  phase === 'draft' || phase === 'scheduled' || phase === 'open'
