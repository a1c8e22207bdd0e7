import { EntryCsvReader, type EntryList } from '@eungmo/draw/list'
import { parseSignedReceipt, type SignedReceipt } from '@eungmo/draw/receipts'
import { type Anchors, verifySteps } from '@eungmo/draw/verify'
import type { VerifyReport, VerifyRequest } from './verify-messages.ts'

// Runs beside the page, so that a list of a million entries leaves it responsive.

const post = (report: VerifyReport) => self.postMessage(report)

async function download(address: string): Promise<Response> {
  const response = await fetch(address)
  if (!response.ok || !response.body) throw new Error(`${response.status} ${response.statusText}`)
  return response
}

async function downloadEntries(address: string, expected: number): Promise<EntryList> {
  const { body } = await download(address)
  const reader = new EntryCsvReader(expected)
  const pieces = body?.pipeThrough(new TextDecoderStream()).getReader()
  let told = 0
  for (let piece = await pieces?.read(); piece && !piece.done; piece = await pieces?.read()) {
    reader.push(piece.value)
    if (performance.now() - told > 100) {
      told = performance.now()
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
    // Whatever is kept under that name is no receipt, so it is no anchor either.
    return undefined
  }
}

async function verify(request: VerifyRequest): Promise<void> {
  const started = performance.now()
  const transcript: unknown = await (await download(request.transcriptUrl)).json()
  const entries = await downloadEntries(request.entriesUrl, request.entryCount)
  const receipt = readReceipt(request.receipt)
  const anchors: Anchors = { ...(receipt && { receipt }), ...(request.head && { head: request.head }) }

  const checks = verifySteps(transcript, entries, { anchors })
  let told = { step: '', at: 0 }
  for (let next = checks.next(); ; next = checks.next()) {
    if (next.done) {
      post({ kind: 'done', verification: next.value, milliseconds: performance.now() - started })
      return
    }
    const now = performance.now()
    if (next.value.step !== told.step || now - told.at > 50) {
      told = { step: next.value.step, at: now }
      post({ kind: 'checking', ...next.value })
    }
  }
}

self.addEventListener('message', (event: MessageEvent<VerifyRequest>) => {
  verify(event.data).catch((error: unknown) => {
    post({ kind: 'unreachable', message: error instanceof Error ? error.message : String(error) })
  })
})
