import { join } from 'node:path'
import type { Server as KitServer } from '@sveltejs/kit'
import { clientAddress } from '../src/lib/server/http/client-address.ts'
import { appPath } from './app-path.js'
import { BodyTooLarge, bodyTooLargeResponse, withLimitedBody } from './body-limit.ts'
import { gracefulStop } from './graceful-stop.ts'
import { server as instance } from './instance.js'
import { readSettings, type Settings } from './settings.ts'
import { StaticFiles } from './static-files.ts'

const app: KitServer = instance
const clientDirectory = join(import.meta.dirname, 'client')

/** Ends the process with one line on standard error: a bad setting needs a sentence, not a stack. */
function refuseToStart(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  const text = message.replace('env_invalid', '').replace(/https:\/\/svelte\.dev\S*/, '')
  process.stderr.write(`eungmo web cannot start: ${text.replace(/\s*\n\s*/g, ' ').trim()}\n`)
  process.exit(1)
}

async function prepare(): Promise<Settings> {
  try {
    const settings = readSettings(process.env)
    await app.init({ env: process.env, read: (file) => Bun.file(join(clientDirectory, file)).stream() })
    return settings
  } catch (error) {
    return refuseToStart(error)
  }
}

const settings = await prepare()
const files = new StaticFiles(clientDirectory, appPath)

const server = Bun.serve({
  port: settings.port,
  hostname: settings.host,
  // Seconds of silence before Bun cuts a connection; live updates are exempted below.
  idleTimeout: 30,
  // Above this Bun answers 413 itself, without a body; below it, and above our limit, withLimitedBody does, as JSON.
  maxRequestBodySize: Math.max(settings.bodyLimit * 16, 16_777_216),
  async fetch(request, bun) {
    const url = new URL(request.url)
    const file = files.answer(request, pathOf(url))
    if (file) return file
    let limited: Request
    try {
      limited = await withLimitedBody(behindProxy(request, url), settings.bodyLimit)
    } catch (error) {
      if (error instanceof BodyTooLarge) return bodyTooLargeResponse(url.pathname)
      throw error
    }
    const connection = bun.requestIP(request)?.address ?? ''
    const address = clientAddress(request.headers, connection, settings.trustedProxies)
    const response = await app.respond(limited, { getClientAddress: () => address })
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) bun.timeout(request, 0)
    return response
  },
  error() {
    return new Response('Internal Server Error', { status: 500 })
  },
})

/** The decoded path; a malformed one stays as it is and matches no file. */
function pathOf(url: URL): string {
  try {
    return decodeURIComponent(url.pathname)
  } catch {
    return url.pathname
  }
}

/** Our own proxy says how the visitor reached it; anybody else's claim is ignored. */
function behindProxy(request: Request, url: URL): Request {
  if (settings.trustedProxies === 0) return request
  const protocol = request.headers.get('x-forwarded-proto')
  const host = request.headers.get('x-forwarded-host')
  if (protocol !== 'https' && !host) return request
  const seen = new URL(url)
  if (protocol === 'https') seen.protocol = 'https:'
  if (host) seen.host = host
  return new Request(seen, request)
}

process.stdout.write(`${JSON.stringify({ msg: 'listening', host: settings.host, port: server.port })}\n`)

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  const failures = await gracefulStop(server, settings.stopTimeout)
  for (const failure of failures) process.stderr.write(`eungmo web: stopping: ${String(failure)}\n`)
  process.exit(failures.length > 0 ? 1 : 0)
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
