import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { entryPaths } from '../support/seed-event.ts'
import { patience } from './timeout-scale.ts'

export interface LoadOptions {
  address: string
  eventId: string
  /** New entries a second. */
  rate: number
}

const answerSchema = z.object({ applicationNumber: z.string().optional() })

const WORKERS = 24
const RETRY_AFTER = 50
/** A request must be answered, or fail, within this time; longer is a hung promise. */
const ANSWER_LIMIT = 15_000
/** Everybody must have an answer so soon after all faults are over. */
const STOP_LIMIT = 20_000
/** One in twenty is somebody whose number is in already. */
const DUPLICATE_EVERY = 20

let nextPhone = 10_000_000

/** Customers: each keeps asking with its own submission id until it has an answer, as the form does. */
export class Load {
  /** Application numbers by phone number, as customers were told. */
  readonly accepted = new Map<string, string>()
  /** What must never happen, in words. */
  readonly violations: string[] = []
  retries = 0
  readonly #options: LoadOptions
  readonly #workers: Promise<void>[]
  #stopping = false
  #givenUp = false

  constructor(options: LoadOptions) {
    this.#options = options
    this.#workers = Array.from({ length: WORKERS }, (_, worker) => this.#work(worker))
  }

  /** No new customers; waits until everybody has an answer. */
  async stop(): Promise<void> {
    this.#stopping = true
    const limit = setTimeout(() => {
      this.#givenUp = true
      this.violations.push('Customers were left without an answer')
    }, STOP_LIMIT * patience())
    await Promise.all(this.#workers)
    clearTimeout(limit)
  }

  async #work(worker: number): Promise<void> {
    const interval = (WORKERS / this.#options.rate) * 1000
    let due = performance.now() + (interval * worker) / WORKERS
    for (let n = 1; !this.#stopping; n++) {
      const wait = due - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      due = Math.max(due + interval, performance.now() - 1_000)
      const phoneNumber = `+8210${nextPhone++}`
      await this.#enter(phoneNumber)
      if (n % DUPLICATE_EVERY === 0) await this.#enterAgain(phoneNumber)
    }
  }

  async #enter(phoneNumber: string): Promise<void> {
    const answer = await this.#ask(phoneNumber)
    if (answer.status === 201) this.accepted.set(phoneNumber, answer.applicationNumber)
    else this.violations.push(`A first entry was answered ${answer.status}`)
  }

  async #enterAgain(phoneNumber: string): Promise<void> {
    const answer = await this.#ask(phoneNumber)
    if (answer.status !== 409) this.violations.push(`A second entry was answered ${answer.status}`)
  }

  async #ask(phoneNumber: string): Promise<{ status: number; applicationNumber: string }> {
    const { address, eventId } = this.#options
    const entryPath = entryPaths[Number(phoneNumber) % entryPaths.length]
    const body = JSON.stringify({ eventId, phoneNumber, entryPath, submissionId: randomUUID() })
    for (;;) {
      if (this.#givenUp) return { status: 0, applicationNumber: '' }
      const limit = ANSWER_LIMIT * patience()
      const start = performance.now()
      try {
        const response = await fetch(address, {
          method: 'POST',
          body,
          signal: AbortSignal.timeout(limit),
        })
        const answer = answerSchema.parse(await response.json())
        if (response.status !== 503)
          return { status: response.status, applicationNumber: answer.applicationNumber ?? '' }
      } catch {
        if (performance.now() - start > limit - 500) this.violations.push('A request hung')
      }
      this.retries++
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER))
    }
  }
}
