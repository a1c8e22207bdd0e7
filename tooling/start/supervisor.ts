import { setTimeout as delay } from 'node:timers/promises'

/** A running part. */
export type RunningPart = {
  pid: number
  /** Resolves when it has ended, for whatever reason: with a few words on why. */
  exited: Promise<string>
  stop(): Promise<void>
}

export type Part = {
  name: string
  /** Starts it; called again whenever it has ended. Throws when it cannot be started now. */
  launch(): Promise<RunningPart>
}

export type SupervisorOptions = {
  log: (line: string) => void
  /** Called with the process ids of all running parts whenever one starts or ends. */
  changed?: (pids: Record<string, number>) => void
  /** Milliseconds before the first restart, doubled before each further one. Defaults to 500. */
  firstPauseMs?: number
  /** Defaults to 30,000. */
  maxPauseMs?: number
  /** After running for so long a part was healthy: its next pause is the first one again. Defaults to 30,000. */
  healthyAfterMs?: number
}

/**
 * Keeps parts running. `add` starts a part; when it ends, it is started again after a pause that grows while it keeps
 * ending; `stop` ends all, the last added first. Ours: process managers such as pm2 are daemons of their own, with their
 * own state outside the data directory.
 */
export class Supervisor {
  readonly #log: (line: string) => void
  readonly #changed: (pids: Record<string, number>) => void
  readonly #firstPauseMs: number
  readonly #maxPauseMs: number
  readonly #healthyAfterMs: number
  readonly #running = new Map<string, RunningPart>()
  readonly #watches: { name: string; done: Promise<void> }[] = []
  readonly #stopping = new AbortController()

  constructor(options: SupervisorOptions) {
    this.#log = options.log
    this.#changed = options.changed ?? (() => {})
    this.#firstPauseMs = options.firstPauseMs ?? 500
    this.#maxPauseMs = options.maxPauseMs ?? 30_000
    this.#healthyAfterMs = options.healthyAfterMs ?? 30_000
  }

  /** Starts a part and keeps it running from then on. Throws when the first start fails. */
  async add(part: Part): Promise<RunningPart> {
    const first = await part.launch()
    this.#note(part.name, first)
    this.#watches.push({ name: part.name, done: this.#watch(part, first) })
    return first
  }

  /** Ends all parts in the reverse order of their start. An error of one is logged and does not keep the others running. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const { name, done } of this.#watches.toReversed()) {
      try {
        await this.#running.get(name)?.stop()
        await done
      } catch (error) {
        this.#log(`${name}: ${messageOf(error)}`)
      }
    }
  }

  async #watch(part: Part, first: RunningPart): Promise<void> {
    let pauseMs = this.#firstPauseMs
    let running: RunningPart | undefined = first
    while (running) {
      const startedAt = performance.now()
      const reason: string = await running.exited
      this.#note(part.name, undefined)
      if (this.#stopping.signal.aborted) return
      if (performance.now() - startedAt >= this.#healthyAfterMs) pauseMs = this.#firstPauseMs
      this.#log(`${part.name} ended (${reason}); it is started again in ${pauseMs / 1000} s.`)
      ;[running, pauseMs] = await this.#relaunch(part, pauseMs)
    }
  }

  /** Tries until the part runs again, or until everything stops (undefined). Returns the next pause with it. */
  async #relaunch(part: Part, first: number): Promise<[RunningPart | undefined, number]> {
    let pauseMs = first
    while (await this.#pauseUnlessStopping(pauseMs)) {
      pauseMs = Math.min(pauseMs * 2, this.#maxPauseMs)
      try {
        const running = await part.launch()
        this.#note(part.name, running)
        if (this.#stopping.signal.aborted) await running.stop()
        else this.#log(`${part.name} runs again.`)
        return [running, pauseMs]
      } catch (error) {
        this.#log(
          `${part.name} could not be started: ${messageOf(error)}\nNext attempt in ${pauseMs / 1000} s.`,
        )
      }
    }
    return [undefined, pauseMs]
  }

  async #pauseUnlessStopping(milliseconds: number): Promise<boolean> {
    try {
      await delay(milliseconds, undefined, { signal: this.#stopping.signal })
      return true
    } catch {
      return false
    }
  }

  #note(name: string, running: RunningPart | undefined): void {
    if (running) this.#running.set(name, running)
    else this.#running.delete(name)
    this.#changed(Object.fromEntries([...this.#running].map(([key, { pid }]) => [key, pid])))
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
