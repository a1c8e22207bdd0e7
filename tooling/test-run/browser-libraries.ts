import { spawnSync } from 'node:child_process'

/** Of what the Chromium from npm links to, what a bare Linux lacks. */
const NEEDED = ['libnss3.so', 'libnspr4.so', 'libexpat.so.1']

/**
 * What makes @sparticuz/chromium use the libraries that it brings along for Lambda, where the system has none; nothing where it
 * has them.
 */
export function browserLibraries(): Record<string, string> {
  const { stdout, status } = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
  })
  const missing = status === 0 && NEEDED.some((name) => !stdout.includes(name))
  return missing ? { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' } : {}
}
