/** The phones of everybody who waits for a start do not look in the same instant. */
const MAX_SPREAD_MS = 8_000
const RETRY_AFTER_MS = 15_000
/** An owner may move the instant; a timer of more than 24 days would fire at once. */
const MAX_DELAY_MS = 3_600_000
const TURNED_KEY = 'eungmo:turned'

interface CurrentPage {
  phase: string | undefined
  /** Milliseconds since 1970; NaN where the phase has no end. */
  changesAt: number
  /** By how much the server's clock is ahead of the phone's, in milliseconds. */
  ahead: number
}

/** What the server renders now; undefined without a response. */
async function currentPage(): Promise<CurrentPage | undefined> {
  try {
    const response = await fetch(location.href)
    const html = await response.text()
    const date = Date.parse(response.headers.get('date') ?? '')
    return {
      phase: /data-phase="(\w+)"/.exec(html)?.[1],
      changesAt: Date.parse(/data-changes-at="([^"]+)"/.exec(html)?.[1] ?? ''),
      ahead: Number.isNaN(date) ? 0 : date - Date.now(),
    }
  } catch {
    // Without a connection: the next look finds out.
    return undefined
  }
}

/**
 * When to look next, in milliseconds from now. Phones that wait for the same instant are spread evenly over
 * MAX_SPREAD_MS after it.
 * @param remaining milliseconds until the instant; negative after it
 * @param random from 0 to 1
 */
export const nextLook = (remaining: number, random: number): number =>
  remaining > 0
    ? Math.min(remaining + random * MAX_SPREAD_MS, MAX_DELAY_MS)
    : RETRY_AFTER_MS + random * MAX_SPREAD_MS

/** Says to screen readers that the page turned into another by itself. */
export function announceTurn(): void {
  const status = document.getElementById('turned')
  try {
    if (!status || sessionStorage.getItem(TURNED_KEY) === null) return
    sessionStorage.removeItem(TURNED_KEY)
  } catch {
    // Blocked storage throws: the page is read from its start.
    return
  }
  status.textContent = status.dataset.text ?? ''
}

function turn(): void {
  try {
    sessionStorage.setItem(TURNED_KEY, '')
  } catch {
    // As above.
  }
  location.reload()
}

/**
 * Loads the page again when the event starts or ends while it is open. The clock of the phone only says when
 * to look; what counts is the server's response, so a clock that is wrong throws nothing typed away. Who waits
 * for a start looks once soon after opening the page, and goes by the server's clock from then on.
 */
export function watchPhase(page: HTMLElement): void {
  const { phase, changesAt } = page.dataset
  if (!changesAt) return
  const waiting = document.getElementById('start-watch')
  if (waiting) waiting.textContent = waiting.dataset.text ?? ''
  let instant = Date.parse(changesAt)
  let ahead = 0
  let trustsClock = phase !== 'scheduled'
  let timer: ReturnType<typeof setTimeout> | undefined

  const remaining = () => instant - Date.now() - ahead
  function wait(delay: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), delay)
  }
  function begin(): void {
    if (!trustsClock) wait(Math.min(Math.random() * MAX_SPREAD_MS, Math.max(0, remaining())))
    else if (remaining() > 0) wait(nextLook(remaining(), Math.random()))
    else void look()
  }
  async function look(): Promise<void> {
    clearTimeout(timer)
    if (document.hidden) return
    const found = await currentPage()
    if (found) {
      trustsClock = true
      ahead = found.ahead
      if (found.changesAt) instant = found.changesAt
    }
    // An entry that is being sent gets its own response.
    const sending = page.querySelector('[aria-busy=true]') !== null
    if (found?.phase !== undefined && found.phase !== phase && !sending) turn()
    else wait(nextLook(remaining(), Math.random()))
  }

  // A phone that slept runs no timers.
  document.addEventListener('visibilitychange', begin)
  addEventListener('pageshow', begin)
}
