import { processorTimeMs } from './processor-time.ts'
import type { Product } from './product.ts'

const CONCURRENCY = 32
/** Visitors of the entry page are counted, programs are not. */
const BROWSER = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36'

export interface Load {
  perSecond: number
  /** Of the whole product for one request; null where there is no /proc. */
  processorMs: number | null
}

/** Sends one request; throws when the response is not the expected one. */
type Send = () => Promise<void>

export type LoadName = keyof typeof loads

let entrants = 0
/** A phone number that no other request of this run uses. */
const nextPhoneNumber = () => `010${String(20_000_000 + entrants++)}`

async function expectStatus(response: Response, status: number): Promise<void> {
  const body = await response.text()
  if (response.status !== status)
    throw new Error(`${response.url}: ${response.status} instead of ${status}: ${body.slice(0, 500)}`)
}

/** What is measured over HTTP: `send` once per request. */
export const loads = {
  'entry-page': ({ baseUrl, event }: Product): Send => {
    const headers = { 'user-agent': BROWSER }
    return async () => expectStatus(await fetch(`${baseUrl}/e/${event.slug}`, { headers }), 200)
  },

  'entry-form': ({ baseUrl, event }: Product): Send => {
    const url = `${baseUrl}/e/${event.slug}`
    return async () => {
      const body = new URLSearchParams({
        submissionId: crypto.randomUUID(),
        name: '김은모',
        phoneNumber: nextPhoneNumber(),
        entryPath: 'SNS',
        privacyConsent: 'on',
      })
      const headers = { origin: baseUrl, accept: 'text/html' }
      await expectStatus(await fetch(url, { method: 'POST', headers, body, redirect: 'manual' }), 303)
    }
  },

  rest: ({ baseUrl, event }: Product): Send => {
    const headers = { 'content-type': 'application/json' }
    return async () => {
      const body = JSON.stringify({
        eventId: event.id,
        name: '김은모',
        phoneNumber: nextPhoneNumber(),
        entryPath: 'SNS',
        privacyConsent: true,
      })
      await expectStatus(
        await fetch(`${baseUrl}/api/v1/participations`, { method: 'POST', headers, body }),
        201,
      )
    }
  },
} satisfies Record<string, (product: Product) => Send>

/** Keeps 32 requests under way for so many seconds. */
export async function measureLoad(name: LoadName, product: Product, seconds: number): Promise<Load> {
  const send = loads[name](product)
  const processorBefore = processorTimeMs(product.pid)
  const start = performance.now()
  const end = start + seconds * 1_000
  let done = 0
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (performance.now() < end) {
        await send()
        done += 1
      }
    }),
  )
  const elapsed = performance.now() - start
  const processorAfter = processorTimeMs(product.pid)
  const spent = processorBefore === null || processorAfter === null ? null : processorAfter - processorBefore
  return { perSecond: (done / elapsed) * 1_000, processorMs: spent === null ? null : spent / done }
}
