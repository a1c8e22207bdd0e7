/** A message as it was stored, before anybody looked into it. */
export interface RawMessage {
  source: 'kafka' | 'outbox'
  topic: string | null
  partition: number | null
  /** Decimal; null in the outbox. */
  offset: string | null
  /** Its row in the outbox; null from Kafka. */
  outboxId: string | null
  key: Uint8Array | null
  value: Uint8Array | string | null
  headers: Readonly<Record<string, string>>
}

/** Up to 5,000 messages, in the order of their source. */
export interface SourceBatch {
  messages: readonly RawMessage[]
  /**
   * Keeps the source's claim while a batch takes long, at least every second; a rejection must be passed on.
   */
  keepAlive(): Promise<void>
  /** False once the source stops or has lost its claim: a handler that cannot finish gives up then. */
  isActive(): boolean
}

/**
 * Settles a batch: true when everything in it is counted or a dead letter (rows of the outbox removed with
 * it), false when it gave up because the batch is no longer active. A batch that was not settled comes again.
 */
export type BatchHandler = (batch: SourceBatch) => Promise<boolean>

/** Where messages come from: each arrives at least once, with no order promised between redeliveries. */
export interface MessageSource {
  readonly kind: 'kafka' | 'outbox'
  /** Hands batches over until `stop`; rejects when the source cannot go on. To be called once. */
  run(handler: BatchHandler): Promise<void>
  /** Lets the batch in hand finish, then ends `run`. */
  stop(): Promise<void>
}
