import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

export const TEST_ACCOUNT = { apiKey: 'NCSTESTKEY000000', apiSecret: 'test-secret-of-32-characters-0000' }

/** What the server does with the next requests to send. */
export type SolapiBehaviour =
  | 'accept'
  /** Accepts, and closes the connection instead of a response. */
  | 'accept-and-drop'
  /** Accepts, and responds with 500. */
  | 'accept-and-fail'
  /** 503, nothing accepted. */
  | 'unavailable'
  /** 429 with Retry-After, nothing accepted. */
  | 'limit'

const messageSchema = z.strictObject({
  to: z.string().regex(/^0\d{7,10}$/),
  from: z.string().regex(/^0\d{7,10}$/),
  country: z.literal('82'),
  type: z.enum(['SMS', 'LMS', 'ATA']),
  text: z.string().min(1),
  customFields: z.record(z.string().max(30), z.string().max(100)),
  kakaoOptions: z
    .strictObject({ pfId: z.string(), templateId: z.string(), variables: z.record(z.string(), z.string()) })
    .optional(),
})
const sendBody = z.strictObject({
  messages: z.array(messageSchema).min(1).max(10_000),
  showMessageList: z.boolean().optional(),
})
export type SolapiMessage = z.output<typeof messageSchema> & { messageId: string }

const MAX_SKEW_MS = 15 * 60_000

/**
 * A server that speaks solapi's documented HTTP API: HMAC-SHA256 authentication with its four errors,
 * `send-many/detail` with per-message status codes, rate limiting, and `list` with delivery reports.
 */
export async function startTestSolapi() {
  const accepted: SolapiMessage[] = []
  const signatures = new Set<string>()
  const statusCodes = new Map<string, string>()
  const wrongNumbers = new Map<string, string>()
  const behaviours: SolapiBehaviour[] = []
  let requests = 0
  let retryAfterSeconds = 1
  let onAccepted: () => void | Promise<void> = () => undefined

  function authenticate(header: string | undefined): string | null {
    const [, apiKey, date = '', salt = '', signature = ''] =
      /^HMAC-SHA256 apiKey=(\w+), date=([^,]+), salt=([^,]{12,64}), signature=([0-9a-f]{64})$/.exec(
        header ?? '',
      ) ?? []
    if (apiKey !== TEST_ACCOUNT.apiKey) return 'InvalidAPIKey'
    const expected = createHmac('sha256', TEST_ACCOUNT.apiSecret)
      .update(date + salt)
      .digest()
    if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return 'SignatureDoesNotMatch'
    if (!(Math.abs(Date.now() - Date.parse(date)) < MAX_SKEW_MS)) return 'RequestTimeTooSkewed'
    if (signatures.has(signature)) return 'DuplicatedSignature'
    signatures.add(signature)
    return null
  }

  function accept(messages: readonly z.output<typeof messageSchema>[]) {
    const results = messages.map((message) => {
      const messageId = `M4V${Bun.randomUUIDv7().replaceAll('-', '').toUpperCase()}`
      const statusCode = wrongNumbers.get(message.to) ?? '2000'
      if (statusCode === '2000') {
        accepted.push({ ...message, messageId })
        statusCodes.set(messageId, '3000')
      }
      return { ...message, messageId, statusCode, statusMessage: '', accountId: '12925149' }
    })
    const isRegistered = ({ statusCode }: { statusCode: string }) => statusCode === '2000'
    return {
      groupInfo: { count: { total: results.length, registeredFailed: 0 }, status: 'SENDING' },
      failedMessageList: results.filter((result) => !isRegistered(result)),
      messageList: results.filter(isRegistered),
    }
  }

  async function send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const behaviour = behaviours.shift() ?? 'accept'
    if (behaviour === 'unavailable') return respond(response, 503, { errorCode: 'ServiceUnavailable' })
    if (behaviour === 'limit')
      return respond(
        response,
        429,
        { errorCode: 'TooManyRequests' },
        { 'retry-after': `${retryAfterSeconds}` },
      )
    const body = sendBody.safeParse(await readJson(request))
    if (!body.success) return respond(response, 400, { errorCode: 'ValidationError', errorMessage: '' })
    const result = accept(body.data.messages)
    await onAccepted()
    if (behaviour === 'accept-and-drop') response.destroy()
    else if (behaviour === 'accept-and-fail') respond(response, 500, { errorCode: 'InternalError' })
    else respond(response, 200, result)
  }

  function list(url: URL, response: ServerResponse): void {
    const ids = [...url.searchParams].flatMap(([name, value]) => (name.startsWith('messageIds') ? value : []))
    const messageList = Object.fromEntries(
      ids.flatMap((id) => {
        const statusCode = statusCodes.get(id)
        return statusCode ? [[id, { messageId: id, statusCode, status: 'COMPLETE' }]] : []
      }),
    )
    respond(response, 200, { startKey: null, limit: ids.length, messageList })
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1
    const url = new URL(request.url ?? '/', 'http://localhost')
    const errorCode = authenticate(request.headers.authorization)
    if (errorCode) return respond(response, 403, { errorCode, errorMessage: errorCode })
    if (url.pathname === '/messages/v4/send-many/detail') return send(request, response)
    if (url.pathname === '/messages/v4/list') return list(url, response)
    respond(response, 404, { errorCode: 'ResourceNotFound', errorMessage: '' })
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => respond(response, 500, { errorCode: String(error) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    /** What was accepted, oldest first. */
    accepted,
    requests: () => requests,
    /** The behaviours of the next requests to send, in this order; afterwards the server accepts. */
    behave: (...next: SolapiBehaviour[]) => void behaviours.push(...next),
    limitFor: (seconds: number) => {
      retryAfterSeconds = seconds
    },
    /** Called after the messages of a request were accepted and before the response. */
    whenAccepted: (call: () => void | Promise<void>) => {
      onAccepted = call
    },
    /** Rejects this number at registration with a status code. */
    rejectNumber: (to: string, statusCode: string) => void wrongNumbers.set(to, statusCode),
    /** What `list` reports of an accepted message. */
    report: (messageId: string, statusCode: string) => void statusCodes.set(messageId, statusCode),
    async stop() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function respond(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
