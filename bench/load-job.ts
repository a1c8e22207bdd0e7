export interface LoadJob {
  url: string
  connections: number
  seconds: number
  kind: 'get' | 'form' | 'rest'
  /** Of POSTs: the first phone number after 010, increased by 1 with each request. */
  firstNumber: number
  /** For REST. */
  eventId?: string
  /** Whether every response to an entry has to hold a receipt. */
  receipts: boolean
}

export interface LoadResult {
  perSecond: number
  p50Ms: number
  p99Ms: number
  requests: number
  /** Phone numbers that were used. */
  sent: number
  wrong: number
  firstWrong: string | null
  /** Of every fiftieth entry: a REST body, or a form's done page and its cookie. */
  samples: string[]
}
