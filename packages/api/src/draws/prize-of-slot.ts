/** The prize of a slot (from 1): slots fill prizes in order; null beyond their sum. */
export function prizeOfSlot(prizes: readonly { name: string; count: number }[], slot: number): string | null {
  let last = 0
  for (const { name, count } of prizes) {
    last += count
    if (slot <= last) return name
  }
  return null
}
