import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { pause } from './pause.ts'
import { startPeriodicTask } from './periodic-task.ts'
import { TimeSlices } from './time-slices.ts'
import { withDeadline } from './with-deadline.ts'

test('a pause ends as soon as its signal is aborted', async () => {
  const stopping = new AbortController()
  const paused = pause(60_000, stopping.signal)
  stopping.abort()
  await expect(paused).resolves.toBeUndefined()
  await expect(pause(60_000, AbortSignal.abort())).resolves.toBeUndefined()
})

test('a deadline passes on what settles in time and rejects afterwards', async () => {
  const late = () => new Error('late')
  await expect(withDeadline(Promise.resolve(1), 1_000, late)).resolves.toBe(1)
  await expect(withDeadline(Promise.reject(new Error('own')), 1_000, late)).rejects.toThrow('own')
  await expect(withDeadline(new Promise(() => undefined), 1, late)).rejects.toThrow('late')
})

test('a periodic task runs again after an error, and not any more once it is stopped', async () => {
  const errors: unknown[] = []
  let runs = 0
  const task = startPeriodicTask(
    async () => {
      if (++runs === 1) throw new Error('first run')
    },
    { intervalMs: 1, onError: (error) => errors.push(error) },
  )
  await vi.waitFor(() => expect(runs).toBeGreaterThan(2))
  await task.stop()
  const runsAtStop = runs
  await pause(10)
  expect(runs).toBe(runsAtStop)
  expect(errors).toEqual([new Error('first run')])
})

/** Keeps the thread busy. */
function work(ms: number) {
  const until = performance.now() + ms
  while (performance.now() < until);
}

test('a computation in time slices leaves most of the thread to other work', async () => {
  let over = false
  let othersMs = 0
  const others = (async () => {
    for (; !over; othersMs += 2) {
      work(2)
      await setImmediate()
    }
  })()
  const slices = new TimeSlices()
  for (let done = 0; done < 50; done++) {
    if (slices.isOver()) await slices.next()
    work(1)
  }
  over = true
  await others
  expect(othersMs).toBeGreaterThan(125)
})
