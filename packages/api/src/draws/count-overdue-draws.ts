import { countDueDraws } from '@eungmo/db/queries/due-draws'
import { endOfDueDraw } from '../deadlines/automatic-draw.ts'
import type { Dependencies } from '../dependencies.ts'
import { MINUTE_MS } from '../seoul-time.ts'

/** For this long after its published time no draw is late. */
const GRACE_MS = 2 * MINUTE_MS

/**
 * How many events should have been drawn by themselves two minutes before `now`. Those that are paused, or whose
 * data the owner has had destroyed, do not count.
 */
export const countOverdueDraws = ({ db }: Pick<Dependencies, 'db'>, now: Date): Promise<number> =>
  countDueDraws(db, { endedBefore: endOfDueDraw(new Date(now.getTime() - GRACE_MS)) })
