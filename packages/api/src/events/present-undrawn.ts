import type { EventWithParts } from '@eungmo/db/queries/events'
import type { PromisedDates } from '../deadlines/deadlines.ts'
import { undrawnWarning } from '../deadlines/undrawn-warning.ts'
import type { UndrawnView } from './page-schema.ts'

/** The warning about an undrawn event; `texts` as of `listPromises`. */
export function presentUndrawn(event: EventWithParts, texts: readonly PromisedDates[] = []): UndrawnView {
  const warning = undrawnWarning(event, texts)
  return warning && { cancelsAt: warning.cancelsAt.toISOString(), isSoon: warning.isSoon }
}
