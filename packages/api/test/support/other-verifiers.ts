import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { receiptText } from '@eungmo/draw/receipts'
import { expect } from 'vitest'
import type { ApiFixture } from './api-fixture.ts'
import { verifiedDraw } from './draws.ts'

const draw = join(import.meta.dirname, '../../../draw')

interface Entry {
  id: string
  tickets: number
  reason: number
}

/**
 * Expects the verifiers that run outside of the product, the CLI and the one in Python where there is python3, to
 * accept what a visitor downloads of a draw, with the receipt that somebody kept.
 */
export async function expectVerifiedElsewhere(
  api: ApiFixture,
  drawLogId: string,
  receipt: Parameters<typeof receiptText>[0],
): Promise<void> {
  const { transcript, entries } = await verifiedDraw(api, drawLogId)
  const lines = (entries as Entry[]).map(({ id, tickets, reason }) => `${id},${tickets},${reason}`)
  const directory = mkdtempSync(join(tmpdir(), 'eungmo-verifiers-'))
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text)
    return join(directory, name)
  }
  try {
    const published = file('transcript.json', JSON.stringify(transcript))
    const rest = [
      file('entries.csv', ['id,tickets,reason', ...lines, ''].join('\n')),
      '--receipt',
      file('receipt.json', receiptText(receipt)),
    ]
    const cliArguments = [join(draw, 'src/cli/main.ts'), 'verify', published, '--entries', ...rest]
    const cli = spawnSync(process.execPath, cliArguments, { encoding: 'utf8' })
    expect([cli.status, cli.stdout || cli.stderr]).toEqual([0, expect.stringContaining('VERIFIED: anchored')])
    const pythonArguments = ['-B', join(draw, 'conformance/verify.py'), published, ...rest]
    const python = spawnSync('python3', pythonArguments, { encoding: 'utf8' })
    if (!python.error)
      expect([python.status, python.stdout]).toEqual([0, expect.stringContaining('VERIFIED')])
  } finally {
    rmSync(directory, { recursive: true })
  }
}
