import { join } from 'node:path'
import { httpServerEnvironment, readEnvironment } from '@eungmo/config/environment'
import { createLogger, endOnUncaughtError } from '@eungmo/messaging/logging/create-logger'
import type { Server as KitServer } from '@sveltejs/kit'
import type { Server } from 'bun'
import { frontSlot } from '../src/lib/server/front/front-handler.ts'
import {
  clientAddress,
  isForwardingIgnored,
  requestAt,
  trustedProxies,
  visibleUrl,
} from '../src/lib/server/http/client-address.ts'
import { BodyTooLargeError, bodyTooLargeResponse, limitFor, withLimitedBody } from './body-limit.ts'
import { allowDownloadPauses } from './download-pauses.ts'
import { closingWhenDraining, gracefulStop, onStopSignals } from './graceful-stop.ts'
import { StaticFiles } from './static-files.ts'

export interface ServerOptions {
  /** SvelteKit's application. */
  app: KitServer
  /** The directory of the client files. */
  clientDirectory: string
  /** SvelteKit's app path, `_app` by default: what lies below its `immutable/` never changes. */
  appPath: string
}

/**
 * Seconds without a byte after which Bun closes a connection, also one whose client reads nothing any more.
 * Downloads have longer. Live updates send a ping every 5 s.
 */
const IDLE_TIMEOUT_S = 30

/** Bun's own limit closes the connection without a body, so it is far above ours, which sends JSON. */
const MIN_HARD_LIMIT_BYTES = 16_777_216

/**
 * Starts the web server: static files first, then what the application handles in front of SvelteKit, then
 * SvelteKit. Ends the process on SIGTERM, after a drain of DRAIN_SECONDS, and on SIGINT.
 */
export async function startServer({ app, clientDirectory, appPath }: ServerOptions): Promise<void> {
  const settings = await prepare(app, clientDirectory)
  const { BODY_LIMIT: bodyLimit, HOST: hostname, PUBLIC_URL: publicOrigin = null } = settings
  const log = createLogger({ app: 'web', level: settings.LOG_LEVEL })
  endOnUncaughtError(log)
  const isTrusted = trustedProxies(settings.TRUSTED_PROXIES ?? [])
  const files = new StaticFiles(clientDirectory, appPath)
  const front = frontSlot()

  async function respond(request: Request, bun: Server<undefined>): Promise<Response> {
    if (!URL.canParse(request.url)) return new Response('Bad Request', { status: 400 })
    const url = new URL(request.url)
    if (url.pathname.startsWith('//')) return oneSlash(url)
    const connection = bun.requestIP(request)?.address ?? ''
    const file = files.respond(request, decodedPath(url))
    if (file) return file
    let limited: Request
    try {
      limited = await withLimitedBody(request, limitFor(request, url.pathname, bodyLimit))
    } catch (error) {
      if (error instanceof BodyTooLargeError) return bodyTooLargeResponse(url.pathname)
      throw error
    }
    const address = clientAddress(request.headers, connection, isTrusted)
    if (isForwardingIgnored(request.headers, connection, isTrusted)) front.reportIgnoredForwarding()
    const getClientAddress = () => address
    const visible = visibleUrl(url, request.headers, connection, { publicOrigin, isTrusted })
    const toKit = () => {
      const sent = requestAt(visible, limited)
      return { request: sent, respond: () => app.respond(sent, { getClientAddress }) }
    }
    return front.handler(limited, visible, getClientAddress, toKit) ?? toKit().respond()
  }

  const server = Bun.serve({
    port: settings.PORT,
    hostname,
    idleTimeout: IDLE_TIMEOUT_S,
    maxRequestBodySize: Math.max(bodyLimit * 16, MIN_HARD_LIMIT_BYTES),
    async fetch(request, bun) {
      return closingWhenDraining(allowDownloadPauses(bun, request, await respond(request, bun)))
    },
    error(error) {
      log.error({ err: error }, 'request failed')
      return closingWhenDraining(new Response('Internal Server Error', { status: 500 }))
    },
  })
  log.info({ host: hostname, port: server.port ?? settings.PORT }, 'listening')

  onStopSignals(async (skip) => {
    const drainMs = settings.DRAIN_SECONDS * 1000
    const errors = await gracefulStop(server, { drainMs, timeoutMs: settings.STOP_TIMEOUT * 1000, ...skip })
    for (const error of errors) log.error({ err: error }, 'did not stop cleanly')
    process.exit(errors.length > 0 ? 1 : 0)
  })
}

async function prepare(app: KitServer, clientDirectory: string) {
  try {
    const settings = readEnvironment(httpServerEnvironment, process.env)
    await app.init({ env: process.env, read: (file) => Bun.file(join(clientDirectory, file)).stream() })
    return settings
  } catch (error) {
    return exitWithMessage(error)
  }
}

/** Ends the process with one line on standard error: a bad setting needs a sentence, not a stack trace. */
function exitWithMessage(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  const text = message.replace('env_invalid', '').replace(/https:\/\/svelte\.dev\S*/, '')
  process.stderr.write(`eungmo web cannot start: ${text.replace(/\s*\n\s*/g, ' ').trim()}\n`)
  process.exit(1)
}

/** A path that starts with two slashes names another site wherever a page links to itself. */
function oneSlash(url: URL): Response {
  const location = `${url.pathname.replace(/^\/+/, '/')}${url.search}`
  return new Response(null, { status: 308, headers: { location } })
}

/** The decoded path; a malformed one stays as it is and matches no file. */
function decodedPath(url: URL): string {
  try {
    return decodeURIComponent(url.pathname)
  } catch {
    return url.pathname
  }
}
