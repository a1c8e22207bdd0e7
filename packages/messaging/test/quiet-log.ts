import type { Log } from '../src/log.ts'

const ignore = () => undefined

export const quietLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }
