/** A message as it was stored, not decoded yet. */
export interface RawMessage {
  source: 'kafka' | 'outbox'
  topic: string | null
  partition: number | null
  /** Decimal; null in the outbox. */
  offset: string | null
  /** Id of its row in the outbox; null in Kafka. */
  outboxId: string | null
  key: Uint8Array | null
  value: Uint8Array | string | null
  headers: Readonly<Record<string, string>>
}

/** At most 5,000 messages, in the order of their source. */
export interface SourceBatch {
  messages: readonly RawMessage[]
  /**
   * Renews the source's claim to the batch; called at least every second while a batch takes long. When it
   * rejects, the handler must reject with the same error.
   */
  keepAlive(): Promise<void>
  /**
   * False once the source stops or has lost its claim. A handler that cannot finish then abandons the batch.
   */
  isActive(): boolean
}

/**
 * Processes a batch. Resolves with true when every message was counted or became a dead letter (and its
 * outbox row was deleted), with false when the batch was abandoned because it is no longer active. A batch
 * that was not completed is delivered again.
 */
export type BatchHandler = (batch: SourceBatch) => Promise<boolean>

/**
 * A source of messages. Each message is delivered at least once; the order of redeliveries is not defined.
 */
export interface MessageSource {
  readonly kind: 'kafka' | 'outbox'
  /**
   * Passes batches to the handler until `stop`. Rejects when the source cannot continue. May be called once.
   */
  run(handler: BatchHandler): Promise<void>
  /** Lets the current batch finish, then ends `run`. */
  stop(): Promise<void>
}
