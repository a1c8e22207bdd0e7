import { EntryCsvReader, type EntryList } from '@eungmo/draw/list'
import { parseSignedReceipt, type SignedReceipt } from '@eungmo/draw/receipts'
import { type Anchors, verifySteps } from '@eungmo/draw/verify'
import type { VerifyReport, VerifyRequest } from './verify-messages.ts'

// In a worker, so that the page stays responsive with a list of a million entries.

const DOWNLOAD_REPORT_INTERVAL_MS = 100
const CHECK_REPORT_INTERVAL_MS = 50

const post = (report: VerifyReport) => self.postMessage(report)

async function download(address: string): Promise<Response> {
  const response = await fetch(address)
  if (!response.ok || !response.body) throw new Error(`${response.status} ${response.statusText}`)
  return response
}

async function downloadEntries(address: string, expected: number): Promise<EntryList> {
  const { body } = await download(address)
  const reader = new EntryCsvReader(expected)
  const chunks = body?.pipeThrough(new TextDecoderStream()).getReader()
  let reportedAt = 0
  for (let chunk = await chunks?.read(); chunk && !chunk.done; chunk = await chunks?.read()) {
    reader.push(chunk.value)
    if (performance.now() - reportedAt > DOWNLOAD_REPORT_INTERVAL_MS) {
      reportedAt = performance.now()
      post({ kind: 'downloading', entries: reader.size })
    }
  }
  return reader.finish()
}

function readReceipt(text: string | null): SignedReceipt | undefined {
  if (text === null) return undefined
  try {
    return parseSignedReceipt(JSON.parse(text))
  } catch {
    // What is stored there is not a receipt, so there is nothing to compare with.
    return undefined
  }
}

async function verify(request: VerifyRequest): Promise<void> {
  const started = performance.now()
  const transcript: unknown = await (await download(request.transcriptUrl)).json()
  const { entriesUrl, entryCount } = request
  const entries = entriesUrl === null ? [] : await downloadEntries(entriesUrl, entryCount)
  const receipt = readReceipt(request.receipt)
  const anchors: Anchors = { ...(receipt && { receipt }), ...(request.head && { head: request.head }) }

  const checks = verifySteps(transcript, entries, { anchors })
  let reported = { step: '', at: 0 }
  for (let next = checks.next(); ; next = checks.next()) {
    if (next.done) {
      post({ kind: 'done', verification: next.value, milliseconds: performance.now() - started })
      return
    }
    const now = performance.now()
    if (next.value.step !== reported.step || now - reported.at > CHECK_REPORT_INTERVAL_MS) {
      reported = { step: next.value.step, at: now }
      post({ kind: 'checking', ...next.value })
    }
  }
}

self.addEventListener('message', (event: MessageEvent<VerifyRequest>) => {
  verify(event.data).catch((error: unknown) => {
    post({ kind: 'unreachable', message: error instanceof Error ? error.message : String(error) })
  })
})
