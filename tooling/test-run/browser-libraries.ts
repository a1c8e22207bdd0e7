import { spawnSync } from 'node:child_process'

/** Libraries that the Chromium from npm links to and a minimal Linux lacks. */
const REQUIRED_LIBRARIES = ['libnss3.so', 'libnspr4.so', 'libexpat.so.1']

/**
 * Variables that make @sparticuz/chromium use the libraries that it brings along for Lambda, where the system lacks them;
 * none where it has them.
 */
export function browserLibraries(): Record<string, string> {
  const { stdout, status } = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
  })
  const missing = status === 0 && REQUIRED_LIBRARIES.some((name) => !stdout.includes(name))
  return missing ? { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' } : {}
}
