import { setTimeout as pause } from 'node:timers/promises'

/** A part that runs: its process, its end, and how to end it. */
export type RunningPart = {
  pid: number
  /** Comes true when it has ended, for whatever reason, with a few words on why. */
  exited: Promise<string>
  stop(): Promise<void>
}

export type Part = {
  name: string
  /** Starts it; called again after each death. Throws when it cannot be started now. */
  launch(): Promise<RunningPart>
}

export type SupervisorOptions = {
  log: (line: string) => void
  /** Called with the process ids of all running parts whenever one starts or ends. */
  changed?: (pids: Record<string, number>) => void
  /** Milliseconds before the first restart; doubled at each further death. */
  firstPause?: number
  longestPause?: number
  /** A part that ran this long (milliseconds) was healthy: its next pause is the first one again. */
  healthyAfter?: number
}

/**
 * Keeps parts running. Each is started by `add`, started again when it dies, with a pause that grows while it keeps dying,
 * and ended by `stop`, the last added first.
 */
export class Supervisor {
  readonly #log: (line: string) => void
  readonly #changed: (pids: Record<string, number>) => void
  readonly #firstPause: number
  readonly #longestPause: number
  readonly #healthyAfter: number
  readonly #running = new Map<string, RunningPart>()
  readonly #watches: { name: string; done: Promise<void> }[] = []
  readonly #stopping = new AbortController()

  constructor(options: SupervisorOptions) {
    this.#log = options.log
    this.#changed = options.changed ?? (() => {})
    this.#firstPause = options.firstPause ?? 500
    this.#longestPause = options.longestPause ?? 30_000
    this.#healthyAfter = options.healthyAfter ?? 30_000
  }

  /** Starts a part and watches over it from then on. Throws when the first start fails. */
  async add(part: Part): Promise<RunningPart> {
    const first = await part.launch()
    this.#note(part.name, first)
    this.#watches.push({ name: part.name, done: this.#watch(part, first) })
    return first
  }

  /** Ends all parts in the reverse order of their start. What a failing one says is logged; the others are ended all the same. */
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
    let wait = this.#firstPause
    let running: RunningPart | undefined = first
    while (running) {
      const began = performance.now()
      const reason: string = await running.exited
      this.#note(part.name, undefined)
      if (this.#stopping.signal.aborted) return
      if (performance.now() - began >= this.#healthyAfter) wait = this.#firstPause
      this.#log(`${part.name} ended (${reason}); it is started again in ${wait / 1000} s.`)
      ;[running, wait] = await this.#relaunch(part, wait)
    }
  }

  /** Tries until the part runs again; undefined when everything is to stop. Returns the next pause with it. */
  async #relaunch(part: Part, first: number): Promise<[RunningPart | undefined, number]> {
    let wait = first
    while (await this.#pauses(wait)) {
      wait = Math.min(wait * 2, this.#longestPause)
      try {
        const running = await part.launch()
        this.#note(part.name, running)
        if (this.#stopping.signal.aborted) await running.stop()
        else this.#log(`${part.name} runs again.`)
        return [running, wait]
      } catch (error) {
        this.#log(`${part.name} could not be started: ${messageOf(error)}\nNext attempt in ${wait / 1000} s.`)
      }
    }
    return [undefined, wait]
  }

  async #pauses(milliseconds: number): Promise<boolean> {
    try {
      await pause(milliseconds, undefined, { signal: this.#stopping.signal })
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
