import autocannon from 'autocannon'
import type { LoadJob, LoadResult } from './load-job.ts'

/**
 * `bun load.ts '<job as JSON>'`: keeps `connections` requests under way for `seconds`, looks at every response, and prints
 * the result as JSON. Every response that is not as expected is counted and the first is returned.
 */
const REQUESTS_PER_SAMPLE = 50
/** A done cookie with a receipt inside is more than twice as long as one without. */
const MIN_DONE_COOKIE_LENGTH = 700
const EXPECTED_STATUS = { get: 200, form: 303, rest: 201 }

type Headers = Record<string, string | string[] | undefined>

const job: LoadJob = JSON.parse(process.argv[2] ?? '')
const { kind, receipts } = job
let [sent, responses, wrong] = [0, 0, 0]
let firstWrong: string | null = null
const samples: string[] = []

function nextBody(): string {
  const person = {
    name: '김은모',
    phoneNumber: `010${String(job.firstNumber + sent++).padStart(8, '0')}`,
    entryPath: 'SNS',
  }
  if (kind === 'rest') return JSON.stringify({ eventId: job.eventId, ...person, privacyConsent: true })
  return String(new URLSearchParams({ submissionId: crypto.randomUUID(), ...person, privacyConsent: 'on' }))
}

/** What the response holds for a sample; null when it lacks what it has to hold. */
function contentOf(status: number, body: string, headers: Headers): string | null {
  if (status !== EXPECTED_STATUS[kind]) return null
  if (kind === 'get') return body === '' ? null : ''
  if (!receipts) return ''
  if (kind === 'rest') return /"receipt":\{.*"signature":"[0-9a-f]{128}"/.test(body) ? body : null
  const [, cookie] = /(eungmo_done_[^;]+)/.exec(String(headers['set-cookie'])) ?? []
  if (!cookie || cookie.length < MIN_DONE_COOKIE_LENGTH) return null
  return JSON.stringify({ location: headers.location, cookie })
}

/** Servers spell the names of headers differently. */
const lowerCase = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

function onResponse(status: number, body: string, _context: object, received: Headers = {}): void {
  const headers = lowerCase(received)
  const content = contentOf(status, body, headers)
  if (content === null) {
    wrong += 1
    firstWrong ??= `${status} ${JSON.stringify(headers)} ${body.slice(0, 500)}`
  } else if (content !== '' && responses % REQUESTS_PER_SAMPLE === 0) samples.push(content)
  responses += 1
}

/** Visitors of the entry page are counted, programs are not. */
const BROWSER = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36'
const headers: Record<string, string> =
  kind === 'get'
    ? { accept: 'text/html,*/*', 'accept-encoding': 'gzip', 'user-agent': BROWSER }
    : {
        'content-type': kind === 'rest' ? 'application/json' : 'application/x-www-form-urlencoded',
        accept: kind === 'rest' ? 'application/json' : 'text/html',
        origin: new URL(job.url).origin,
      }
const result = await autocannon({
  url: job.url,
  connections: job.connections,
  duration: job.seconds,
  requests: [
    {
      method: kind === 'get' ? 'GET' : 'POST',
      headers,
      ...(kind !== 'get' && { setupRequest: (request) => ({ ...request, body: nextBody() }) }),
      onResponse,
    },
  ],
})
if (result.errors > 0)
  firstWrong ??= `${result.errors} connection errors, ${result.timeouts} of them timeouts`
const output: LoadResult = {
  perSecond: result.requests.total / result.duration,
  p50Ms: result.latency.p50,
  p99Ms: result.latency.p99,
  requests: result.requests.total,
  sent,
  wrong: wrong + result.errors,
  firstWrong,
  samples,
}
process.stdout.write(JSON.stringify(output))
