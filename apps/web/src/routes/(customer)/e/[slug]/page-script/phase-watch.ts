/** The phones of everybody who waits for a start do not ask in the same instant. */
const MAX_SPREAD_MS = 2_000
const RETRY_AFTER_MS = 15_000
/** Browsers fire a timer of more than 24 days at once. */
const MAX_DELAY_MS = 86_400_000

/** The phase of the event in the page that the server renders now; undefined without a response. */
async function currentPhase(): Promise<string | undefined> {
  try {
    const response = await fetch(location.href)
    return /data-phase="(\w+)"/.exec(await response.text())?.[1]
  } catch {
    // Without a connection: the next look finds out.
    return undefined
  }
}

/**
 * Loads the page again when the event starts or ends while it is open. The clock of the phone only says when
 * to look; what counts is the server's response, so a clock that is wrong throws nothing typed away.
 */
export function watchPhase(page: HTMLElement): void {
  const { phase, changesAt } = page.dataset
  if (!changesAt) return
  const instant = Date.parse(changesAt)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    if (document.hidden) return
    const remaining = instant - Date.now()
    if (remaining > 0) {
      wait(Math.min(remaining + Math.random() * MAX_SPREAD_MS, MAX_DELAY_MS))
      return
    }
    const found = await currentPhase()
    // An entry that is being sent gets its own response.
    const sending = page.querySelector('[aria-busy=true]') !== null
    if (found !== undefined && found !== phase && !sending) location.reload()
    else wait(RETRY_AFTER_MS)
  }
  function wait(delay: number): void {
    timer = setTimeout(() => void look(), delay)
  }

  // A phone that slept runs no timers.
  document.addEventListener('visibilitychange', () => void look())
  addEventListener('pageshow', () => void look())
}
