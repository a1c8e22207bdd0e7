/** Asks every 20 ms until the answer is `wanted`; answers the seconds that passed. */
export async function secondsUntil(ask: () => Promise<number>, wanted: number): Promise<number> {
  const start = performance.now()
  while ((await ask()) !== wanted) await new Promise((resolve) => setTimeout(resolve, 20))
  return (performance.now() - start) / 1000
}
