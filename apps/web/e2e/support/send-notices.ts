import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { StackInfo } from './stack-info.ts'

const bun = process.versions.bun ? process.execPath : 'bun'
const program = fileURLToPath(new URL('../server/send-notices.ts', import.meta.url))

/** A text message as the phone with this number shows it. */
export interface TextMessage {
  to: string
  text: string
}

/** Sends the notices that are due now, and resolves to the messages that a provider of the test accepted. */
export async function sendNotices(
  { databaseUrl, secretKeys }: StackInfo,
  publicUrl: string,
): Promise<TextMessage[]> {
  const { stdout } = await promisify(execFile)(bun, [program], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      SECRET_KEYS: secretKeys,
      PUBLIC_URL: publicUrl,
    },
  })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]')
}

/** The path of the claim page in a message. */
export const claimPathIn = ({ text }: TextMessage): string => /\/c\/[\w-]{32}/.exec(text)?.[0] ?? ''
