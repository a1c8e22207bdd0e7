import { connect } from '@eungmo/db/connection/client'
import { chromium } from '@playwright/test'
import headless from '@sparticuz/chromium'
import { fillParticipants } from '../../../packages/api/bench/fill-participants.ts'
import { startStack } from '../e2e/server/stack.ts'
import { ShopClient } from '../e2e/support/shop-client.ts'

/**
 * `bun bench/verify-million.ts [entries]`: the verification page of a draw over a million entries in a real browser. Prints
 * the time until the verdict, the longest gap between two frames, and the longest task. Needs the build.
 */
const entries = Number(process.argv[2] ?? 1_000_000)
const MAX_RESPONSE_MS = 100
const printLine = (text: string) => process.stdout.write(`${text}\n`)

const stack = await startStack({ kafka: false, beacon: false, apart: false })
try {
  const shop = new ShopClient(stack.info)
  const event = await shop.createEvent({
    winnerCount: 100,
    visitBonus: 2,
    endsAt: new Date(Date.now() + 60_000),
  })
  const { sql, close } = connect(stack.info.databaseUrl, { max: 1 })
  await fillParticipants(sql, event.id, entries)
  await close()
  const drawStarted = performance.now()
  const { drawLogId } = await shop.call<{ drawLogId: string }>('POST', `/events/${event.id}/draw-winners`, {
    winnerCount: 100,
    visitBonus: true,
    changeReason: 'bench',
  })
  printLine(
    `${entries.toLocaleString('en')} entries, drawn over HTTP in ${((performance.now() - drawStarted) / 1_000).toFixed(2)} s`,
  )

  const browser = await chromium.launch({
    executablePath: await headless.executablePath(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const page = await browser.newPage({ locale: 'ko-KR', viewport: { width: 360, height: 740 } })
  await page.addInitScript(watchFrames)
  await page.addInitScript(watchWorker)
  const opened = performance.now()
  await page.goto(`${stack.info.baseUrl}/verify/${drawLogId}`)
  await page.getByText('다시 계산해도 같은 결과입니다.').waitFor({ timeout: 120_000 })
  const seconds = (performance.now() - opened) / 1_000
  const { gap, task, frames } = await page.evaluate(() => window.watched)
  const steps = await page.evaluate(() => window.stepStarts)
  await browser.close()
  printLine(`  verdict after      ${seconds.toFixed(1)} s`)
  for (const [at, { step, ms }] of steps.entries()) {
    const next = steps[at + 1]
    if (next && next.ms - ms > 50)
      printLine(`    ${step.padEnd(16)} ${((next.ms - ms) / 1_000).toFixed(2)} s`)
  }
  printLine(
    `  longest frame gap  ${gap.toFixed(0)} ms of ${frames} frames, ${(gap / MAX_RESPONSE_MS).toFixed(2)} of the ${MAX_RESPONSE_MS} ms that feel immediate`,
  )
  printLine(
    `  longest task       ${task.toFixed(0)} ms, ${(task / MAX_RESPONSE_MS).toFixed(2)} of ${MAX_RESPONSE_MS} ms`,
  )
} finally {
  await stack.stop()
}
process.exit(0)

declare global {
  interface Window {
    watched: { gap: number; task: number; frames: number }
    stepStarts: { step: string; ms: number }[]
  }
}

/** Runs in the page, from the first frame after its load. */
function watchFrames(): void {
  const watched = { gap: 0, task: 0, frames: 0 }
  Object.assign(window, { watched })
  addEventListener('load', () => {
    let last = performance.now()
    const frame = (now: number) => {
      watched.gap = Math.max(watched.gap, now - last)
      watched.frames++
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame((now) => {
      last = now
      requestAnimationFrame(frame)
    })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watched.task = Math.max(watched.task, duration)
    }).observe({ type: 'longtask' })
  })
}

/** Runs in the page: notes when the worker's messages about each step begin. */
function watchWorker(): void {
  const stepStarts: { step: string; ms: number }[] = []
  Object.assign(window, { stepStarts })
  window.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options)
      stepStarts.push({ step: 'start', ms: performance.now() })
      this.addEventListener('message', ({ data }: MessageEvent<{ kind: string; step?: string }>) => {
        const step = data.step ?? data.kind
        if (stepStarts[stepStarts.length - 1]?.step !== step) stepStarts.push({ step, ms: performance.now() })
      })
    }
  }
}
