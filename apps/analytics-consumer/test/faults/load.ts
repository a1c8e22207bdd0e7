import { randomUUID } from 'node:crypto'
import { pause } from '@eungmo/db/timing/pause'
import { z } from 'zod'
import { entryPaths } from '../support/seed-event.ts'
import { timeoutScale } from './timeout-scale.ts'

export interface LoadOptions {
  address: string
  eventId: string
  entriesPerSecond: number
}

interface EntryResponse {
  status: number
  applicationNumber: string
}

const responseSchema = z.object({ applicationNumber: z.string().optional() })

const WORKERS = 24
const RETRY_DELAY_MS = 50
/** A request must succeed or fail within this time; a longer one counts as hung. */
const REQUEST_TIMEOUT_MS = 15_000
/** Every customer must have a response this long after the last fault. */
const STOP_TIMEOUT_MS = 20_000
/** One entry in twenty is followed by a second one with the same phone number. */
const ENTRIES_PER_DUPLICATE = 20

let nextPhone = 10_000_000

/**
 * Customers, each of whom sends the same entry with the same submission id until there is a response, as the
 * form does.
 */
export class Load {
  /** Application numbers by phone number, as the customers received them. */
  readonly accepted = new Map<string, string>()
  /** Violations of what every customer is promised, one sentence each. */
  readonly violations: string[] = []
  retries = 0
  readonly #options: LoadOptions
  readonly #workers: Promise<void>[]
  #stopping = false
  #abandoned = false

  constructor(options: LoadOptions) {
    this.#options = options
    this.#workers = Array.from({ length: WORKERS }, (_, worker) => this.#work(worker))
  }

  /** Sends no new entries, and resolves when every customer has a response. */
  async stop(): Promise<void> {
    this.#stopping = true
    const timer = setTimeout(() => {
      this.#abandoned = true
      this.violations.push('Customers received no response')
    }, STOP_TIMEOUT_MS * timeoutScale())
    await Promise.all(this.#workers)
    clearTimeout(timer)
  }

  async #work(worker: number): Promise<void> {
    const intervalMs = (WORKERS / this.#options.entriesPerSecond) * 1000
    let due = performance.now() + (intervalMs * worker) / WORKERS
    for (let n = 1; !this.#stopping; n++) {
      await pause(Math.max(0, due - performance.now()))
      due = Math.max(due + intervalMs, performance.now() - 1_000)
      const phoneNumber = `+8210${nextPhone++}`
      await this.#enter(phoneNumber)
      if (n % ENTRIES_PER_DUPLICATE === 0) await this.#enterAgain(phoneNumber)
    }
  }

  async #enter(phoneNumber: string): Promise<void> {
    const { status, applicationNumber } = await this.#send(phoneNumber)
    if (status === 201) this.accepted.set(phoneNumber, applicationNumber)
    else this.violations.push(`A first entry got the status ${status}`)
  }

  async #enterAgain(phoneNumber: string): Promise<void> {
    const { status } = await this.#send(phoneNumber)
    if (status !== 409) this.violations.push(`A second entry got the status ${status}`)
  }

  async #send(phoneNumber: string): Promise<EntryResponse> {
    const { address, eventId } = this.#options
    const entryPath = entryPaths[Number(phoneNumber) % entryPaths.length]
    const body = JSON.stringify({ eventId, phoneNumber, entryPath, submissionId: randomUUID() })
    for (;;) {
      if (this.#abandoned) return { status: 0, applicationNumber: '' }
      const timeoutMs = REQUEST_TIMEOUT_MS * timeoutScale()
      const start = performance.now()
      try {
        const signal = AbortSignal.timeout(timeoutMs)
        const response = await fetch(address, { method: 'POST', body, signal })
        const { applicationNumber = '' } = responseSchema.parse(await response.json())
        if (response.status !== 503) return { status: response.status, applicationNumber }
      } catch {
        // The writer was killed or the network broken: the customer tries again.
        if (performance.now() - start > timeoutMs - 500) this.violations.push('A request hung')
      }
      this.retries++
      await pause(RETRY_DELAY_MS)
    }
  }
}
