import { fileURLToPath } from 'node:url'

export interface ProgramResult {
  code: number
  out: string
  error: string
}

/** Runs a program of src/ as a process of its own, and resolves when it ends. */
export async function runProgram(
  program: string,
  args: string[],
  variables: Record<string, string>,
): Promise<ProgramResult> {
  const child = Bun.spawn(
    [process.execPath, fileURLToPath(new URL(`../../src/${program}`, import.meta.url)), ...args],
    {
      env: { PATH: process.env.PATH, ...variables },
      stdout: 'pipe',
      stderr: 'pipe',
    },
  )
  const [out, error, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { code, out, error }
}
