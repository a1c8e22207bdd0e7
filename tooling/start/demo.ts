import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeAtomically } from './run-file.ts'

/** The last line that the demo's seed script prints. */
const Seeded = z.object({
  eventId: z.string(),
  slug: z.string(),
  ownerEmail: z.string(),
  ownerPassword: z.string(),
  apiKey: z.string(),
})

export type Demo = z.infer<typeof Seeded> & { baseUrl: string }

/**
 * The demo shop's sign-in, from `.data/demo.json`, with the address of this run. On the first run `seed` creates the shop
 * and returns its script's output, the last line of which is JSON.
 */
export async function demoShop(dataDir: string, baseUrl: string, seed: () => Promise<string>): Promise<Demo> {
  const file = join(dataDir, 'demo.json')
  const json = existsSync(file)
    ? readFileSync(file, 'utf8')
    : ((await seed()).trim().split('\n').at(-1) ?? '')
  const demo = { baseUrl, ...Seeded.parse(JSON.parse(json)) }
  writeAtomically(file, demo)
  return demo
}
