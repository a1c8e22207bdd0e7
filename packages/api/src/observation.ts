/** Something that an operator should be able to count and to be alerted about. It names nobody. */
export type Observation =
  /** Somebody tried to prove who they are more often than allowed: perhaps guesses. */
  | { kind: 'attempts-exhausted'; purpose: string }
  /** An event could not be drawn at its published time, and is tried again later. */
  | { kind: 'draw-not-started' }
  /** A locked draw could not be finished, and is tried again later. */
  | { kind: 'draw-not-finished' }
  /** A stream of live updates was opened or ended. */
  | { kind: 'live-streams'; open: number }
  /** A stream of live updates was rejected, since its user or the process holds as many as allowed. */
  | { kind: 'live-stream-rejected'; cap: 'user' | 'process' }

export type Observe = (observation: Observation) => void
