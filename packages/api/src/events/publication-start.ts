interface UnpublishedStart {
  startsAt: Date
  /** Whether it starts the moment it is published, whatever `startsAt` says until then. */
  startsAtPublication: boolean
}

/**
 * When an event starts that is published at `now`. A chosen start stays as it was chosen, also one that has
 * passed: entries open at once then, too.
 */
export const startOfPublished = (event: UnpublishedStart, now: Date): Date =>
  event.startsAtPublication ? now : event.startsAt

/** Whether entries open at once if an event is published at `now`. */
export const opensWhenPublished = (event: UnpublishedStart, now: Date): boolean =>
  startOfPublished(event, now) <= now
