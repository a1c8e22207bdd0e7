/** Every metric from the outbox to the counts. docs/operations.md suggests an alert for each. */
export const metricDefinitions = {
  eungmo_outbox_depth: { type: 'gauge', help: 'Rows that wait in the outbox' },
  eungmo_outbox_oldest_age_seconds: { type: 'gauge', help: 'Age of the oldest row in the outbox' },
  eungmo_outbox_leader: { type: 'gauge', help: '1 in the process that empties the outbox' },
  eungmo_relay_messages_total: { type: 'counter', help: 'Messages that Kafka acknowledged' },
  eungmo_outbox_failures_total: {
    type: 'counter',
    help: 'Passes over the outbox that failed and were repeated',
  },
  eungmo_relay_batch_size: {
    type: 'histogram',
    help: 'Messages per send',
    buckets: [1, 10, 100, 500, 1000, 2000, 5000],
  },
  eungmo_consumer_messages_total: { type: 'counter', help: 'Messages counted for the first time' },
  eungmo_consumer_duplicates_total: {
    type: 'counter',
    help: 'Messages dropped because they had been counted',
  },
  eungmo_consumer_dead_letters_total: {
    type: 'counter',
    help: 'Messages stored as dead letters because they cannot be counted',
  },
  eungmo_consumer_retries_total: { type: 'counter', help: 'Counting statements that were repeated' },
  eungmo_kafka_clients_replaced_total: {
    type: 'counter',
    help: 'Kafka clients that failed and were replaced, by purpose',
    labels: ['client'],
  },
  eungmo_relay_stalled: {
    type: 'gauge',
    help: '1 while rows wait and Kafka has acknowledged nothing for a minute',
  },
  eungmo_consumer_batch_size: {
    type: 'histogram',
    help: 'Messages per batch',
    buckets: [1, 10, 100, 500, 1000, 2000, 5000],
  },
  eungmo_consumer_batch_seconds: {
    type: 'histogram',
    help: 'Time from the delivery of a batch until its counts are durable',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
  },
  eungmo_consumer_lag: {
    type: 'gauge',
    help: 'Messages on a topic that its group has not committed, by partition',
    labels: ['topic', 'partition'],
  },
  eungmo_dead_letters_waiting: { type: 'gauge', help: 'Dead letters that were not replayed' },
} as const satisfies Record<string, MetricDefinition>

export interface MetricDefinition {
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  buckets?: readonly number[]
  labels?: readonly string[]
}

export type MetricName = keyof typeof metricDefinitions

/** Receives measurements; each process passes a sink over its own registry. */
export interface MetricSink {
  /** Adds to a counter. */
  add(name: MetricName, value: number, labels?: Record<string, string>): void
  /** Sets a gauge. */
  set(name: MetricName, value: number, labels?: Record<string, string>): void
  /** Records an observation in a histogram. */
  observe(name: MetricName, value: number): void
}

/** Discards everything. */
export const noMetrics: MetricSink = { add: () => undefined, set: () => undefined, observe: () => undefined }
