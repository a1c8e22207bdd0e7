import { fileURLToPath } from 'node:url'

/** Runs an operator's command on a database, as a process of its own, with further variables. */
export async function runOperator(
  databaseUrl: string,
  command: string,
  words: readonly string[],
  variables: Record<string, string> = {},
) {
  const main = fileURLToPath(new URL(`../../src/operator/${command}-main.ts`, import.meta.url))
  const child = Bun.spawn([process.execPath, main, ...words], {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, ...variables },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [exitCode, stdout, stderr] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  return { exitCode, stdout, stderr }
}
