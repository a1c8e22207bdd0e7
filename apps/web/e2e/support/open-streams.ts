import { METRICS_TOKEN, type StackInfo } from './stack-info.ts'

/** How many streams of live updates the web process holds open, by its metric. */
export async function openStreams({ baseUrl }: Pick<StackInfo, 'baseUrl'>): Promise<number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
  const text = await (await fetch(`${baseUrl}/metrics`, { headers })).text()
  return Number(/^eungmo_live_streams (\d+)$/m.exec(text)?.[1])
}
