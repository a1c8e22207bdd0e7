import type { Page, Request } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { grainyPhoto } from './support/picture-files.ts'

/** What a first visit to the entry page may load, compressed. */
const MAX_SCRIPTS = 3
const MAX_SCRIPT_BYTES = 15_000
const MAX_FONT_BYTES = 60_000
const MAX_STYLE_BYTES = 8_000
const MAX_PICTURE_BYTES = 60_000

interface Loaded {
  requests: number
  bytes: number
}

/** Opens a page and resolves to what it loaded, by kind. */
async function load(page: Page, path: string): Promise<Map<string, Loaded>> {
  const loaded = new Map<string, Loaded>()
  const measured: Promise<void>[] = []
  const onFinished = (request: Request) => {
    const measure = async () => {
      const { responseBodySize } = await request.sizes()
      const { requests, bytes } = loaded.get(request.resourceType()) ?? { requests: 0, bytes: 0 }
      loaded.set(request.resourceType(), { requests: requests + 1, bytes: bytes + responseBodySize })
    }
    measured.push(measure())
  }
  page.on('requestfinished', onFinished)
  await page.goto(path, { waitUntil: 'networkidle' })
  await Promise.all(measured)
  page.off('requestfinished', onFinished)
  return loaded
}

test('a first visit to the entry page loads little, and nothing moves, with a picture and without', async ({
  page,
  shop,
}) => {
  await page.addInitScript(() => {
    const moved: number[] = []
    Object.assign(globalThis, { moved })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ('value' in entry) moved.push(Number(entry.value))
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const event = await shop.createEvent({ title: '오픈 1주년 케이크 증정' })
  const pictured = await shop.createEvent({ title: '사진이 있는 이벤트' })
  await shop.setPicture(pictured.id, await grainyPhoto())
  for (const { slug } of [event, pictured]) {
    const loaded = await load(page, `/e/${slug}`)
    const of = (kind: string) => loaded.get(kind) ?? { requests: 0, bytes: 0 }
    expect(of('script').requests).toBeLessThanOrEqual(MAX_SCRIPTS)
    expect(of('script').bytes).toBeLessThanOrEqual(MAX_SCRIPT_BYTES)
    expect(of('font').bytes).toBeLessThanOrEqual(MAX_FONT_BYTES)
    expect(of('stylesheet').bytes).toBeLessThanOrEqual(MAX_STYLE_BYTES)
    expect(of('image').requests).toBe(slug === pictured.slug ? 1 : 0)
    expect(of('image').bytes).toBeLessThanOrEqual(MAX_PICTURE_BYTES)
    expect(await page.evaluate(() => Reflect.get(globalThis, 'moved'))).toEqual([])
    await page.context().clearCookies()
  }
})
