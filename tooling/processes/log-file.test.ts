import { mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLog, rotateLogs } from './log-file.ts'

test('a log that grows is rotated while its process writes, and at most four older files stay', () => {
  const directory = mkdtempSync(join(tmpdir(), 'eungmo-logs-'))
  try {
    const path = join(directory, 'web.log')
    const descriptor = openLog(path)
    for (let round = 1; round <= 7; round++) {
      writeSync(descriptor, `round ${round}\n`)
      rotateLogs(directory, 4)
    }
    writeSync(descriptor, 'now\n')
    rotateLogs(directory, 4)
    expect(readdirSync(directory).toSorted()).toEqual([
      'web.log',
      ...[1, 2, 3, 4].map((age) => `web.log.${age}`),
    ])
    expect(readFileSync(path, 'utf8')).toBe('now\n')
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('round 7\n')
    expect(readFileSync(`${path}.4`, 'utf8')).toBe('round 4\n')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})
