export interface JobRun {
  /** The database's clock at the start of the run. */
  now: Date
  /** Aborted when the process stops or no longer leads: the run should end at the next safe point. */
  signal: AbortSignal
}

/** Periodic work that one process at a time does for the whole installation. */
export interface Job {
  /** A label of metrics and logs, in kebab-case. */
  name: string
  /** Milliseconds from the end of a run to the start of the next. */
  everyMs: number
  /**
   * Resolves with how many things it did. A run may be cut off at any point and repeated by another process.
   */
  run(context: JobRun): Promise<number>
}

/** The outcome of one run, for metrics. */
export interface JobOutcome {
  job: string
  seconds: number
  /** How many things the run did; null where it failed. */
  count: number | null
}
