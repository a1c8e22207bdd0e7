import { type Response as BrowserResponse, chromium } from '@playwright/test'
import headless from '@sparticuz/chromium'

/**
 * `bun bench/page-weight.ts <url>`: what a phone's browser loads for a page, by kind, as JSON: bytes of the bodies as they
 * were transferred (compressed), and the number of requests.
 */
const [url] = process.argv.slice(2)
if (url === undefined) throw new Error('Usage: bun bench/page-weight.ts <url>')

const kinds: Record<string, string> = { document: 'HTML', script: 'JS', stylesheet: 'CSS', font: 'fonts' }

const browser = await chromium.launch({
  executablePath: await headless.executablePath(),
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'ko-KR' })
  const responses: BrowserResponse[] = []
  page.on('response', (response) => responses.push(response))
  await page.goto(url, { waitUntil: 'networkidle' })
  const bytes: Record<string, number> = { HTML: 0, JS: 0, CSS: 0, fonts: 0, other: 0, total: 0 }
  const add = (kind: string, size: number) => {
    bytes[kind] = (bytes[kind] ?? 0) + size
  }
  for (const response of responses) {
    const request = response.request()
    const { responseBodySize } = await request.sizes()
    add(kinds[request.resourceType()] ?? 'other', responseBodySize)
    add('total', responseBodySize)
  }
  process.stdout.write(`${JSON.stringify({ ...bytes, requests: responses.length })}\n`)
} finally {
  await browser.close()
}
