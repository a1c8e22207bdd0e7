import type { Outcome } from './outcome.ts'
import type { Stage } from './plan.ts'
import { type RunOptions, runPlan } from './run-plan.ts'
import { startServices } from './services.ts'

/** Aborted by SIGINT, SIGTERM and SIGHUP, which no longer end the process by themselves. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  return stopping.signal
}

/** Runs the plan with a database server and a broker, and leaves neither behind, also when it is interrupted. */
export async function runWithServices(
  plan: Stage[],
  { print, signal }: Omit<RunOptions, 'env'>,
): Promise<Outcome> {
  const services = await startServices(print)
  try {
    return await runPlan(plan, { env: services.env, print, signal })
  } finally {
    await services.stop()
  }
}
