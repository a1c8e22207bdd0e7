import type { deviationView } from '@eungmo/api/draws/schema'
import type { z } from 'zod'

/** Whether somebody chose to draw differently from what was published, and so has a reason: a late draw is no choice. */
export const isChosen = ({ changeReason, drawAt, ...terms }: z.infer<typeof deviationView>): boolean =>
  changeReason !== null ||
  Object.keys(terms).length > 0 ||
  (drawAt !== undefined && drawAt.drawn < drawAt.published)
