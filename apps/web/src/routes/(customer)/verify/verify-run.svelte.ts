import type { Step, Verification } from '@eungmo/draw/verify'
import type { VerifyReport, VerifyRequest } from './verify-messages.ts'

/** The state of a verification that runs in a worker. */
export class VerifyRun {
  /** `idle` is also the state in a browser without scripts. */
  phase = $state<'idle' | 'downloading' | 'checking' | 'done' | 'unreachable'>('idle')
  passed = $state<ReadonlySet<Step>>(new Set())
  running = $state<Step | null>(null)
  failed = $state<Step | null>(null)
  /** Entries read or checked so far. */
  entries = $state(0)
  verification = $state.raw<Verification | null>(null)
  milliseconds = $state(0)
  /** Whether every attempt was verified with a round of the public beacon. */
  publicRandomness = $derived(
    this.verification?.ok === true &&
      this.verification.beacons.length > 0 &&
      this.verification.beacons.every(({ round }) => round !== null),
  )
  #worker: Worker | null = null

  start(request: VerifyRequest): void {
    this.stop()
    this.phase = 'downloading'
    this.passed = new Set()
    this.running = null
    this.failed = null
    this.entries = 0
    this.verification = null
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', (event: MessageEvent<VerifyReport>) => this.#receive(event.data))
    worker.addEventListener('error', () => this.#receive({ kind: 'unreachable', message: '' }))
    worker.postMessage(request)
    this.#worker = worker
  }

  stop(): void {
    this.#worker?.terminate()
    this.#worker = null
  }

  #receive(report: VerifyReport): void {
    if (report.kind === 'downloading') {
      this.entries = report.entries
      return
    }
    if (report.kind === 'checking') {
      this.phase = 'checking'
      if (this.running && this.running !== report.step) this.passed = new Set([...this.passed, this.running])
      this.running = report.step
      if (report.step === 'list') this.entries = report.done
      return
    }
    this.stop()
    this.running = null
    if (report.kind === 'unreachable') {
      this.phase = 'unreachable'
      return
    }
    const { verification } = report
    this.passed = new Set(verification.steps)
    this.failed = verification.ok ? null : verification.step
    this.verification = verification
    this.milliseconds = report.milliseconds
    this.phase = 'done'
  }
}
