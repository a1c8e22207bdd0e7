import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { freePort } from '../free-port.ts'
import type { Checkout } from './checkout.ts'

const START_TIMEOUT_MS = 180_000
const POLL_INTERVAL_MS = 100
const HOUR_MS = 3_600_000

const demoFile = z.object({ apiKey: z.string(), ownerEmail: z.string(), ownerPassword: z.string() })
const createdEvent = z.object({ id: z.string(), slug: z.string() })

export interface Product {
  baseUrl: string
  /** Of the demo shop's owner. */
  apiKey: string
  owner: { email: string; password: string }
  /** Of the process that started everything else. */
  pid: number
  /** An open event that only this comparison enters. */
  event: { id: string; slug: string }
  stop(): Promise<void>
}

/** Starts a commit's product as `npm start` does, on a free port and with its data under `dataDir`. */
export async function startProduct(
  { directory, ref }: Pick<Checkout, 'directory' | 'ref'>,
  dataDir: string,
): Promise<Product> {
  const port = await freePort()
  const log = createWriteStream(`${dataDir}.log`)
  const child = Bun.spawn(['node', 'tooling/bin/start.mjs'], {
    cwd: directory,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'warn',
    },
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const copying = (async () => {
    for await (const chunk of child.stdout) log.write(chunk)
    log.end()
  })()
  const stop = async () => {
    child.kill('SIGTERM')
    await child.exited
    await copying
  }
  try {
    const deadline = Date.now() + START_TIMEOUT_MS
    while (!(await isReady(`http://127.0.0.1:${port}/readyz`))) {
      if (child.exitCode !== null) throw new Error(`${ref} ended with ${child.exitCode} before it was ready`)
      if (Date.now() > deadline) throw new Error(`${ref} was not ready after ${START_TIMEOUT_MS / 1000} s`)
      await Bun.sleep(POLL_INTERVAL_MS)
    }
    const file = join(dataDir, 'demo.json')
    if (!existsSync(file)) throw new Error(`${ref} did not write ${file}`)
    const { apiKey, ownerEmail, ownerPassword } = demoFile.parse(JSON.parse(readFileSync(file, 'utf8')))
    const owner = { email: ownerEmail, password: ownerPassword }
    const baseUrl = `http://127.0.0.1:${port}`
    return { baseUrl, apiKey, owner, pid: child.pid, event: await createOpenEvent(baseUrl, apiKey), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

async function createOpenEvent(baseUrl: string, apiKey: string): Promise<{ id: string; slug: string }> {
  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${baseUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
  const created = await post('/events', {
    title: '성능 비교 이벤트',
    startsAt: at(-1),
    endsAt: at(240),
    announcementDate: at(264),
    winnerCount: 1,
  })
  const event = createdEvent.parse(created)
  await post(`/events/${event.id}/publish`, {})
  return event
}
