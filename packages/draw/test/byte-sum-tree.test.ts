import { describe, expect, it } from 'vitest'
import { ByteSumTree } from '../src/sampling/byte-sum-tree.ts'

describe('ByteSumTree', () => {
  it('holds every list of up to 255 tickets each, so that a large draw is fast', () => {
    for (const size of [1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 255, 257, 1023, 1025, 1057, 20_000]) {
      const tickets = Float64Array.from({ length: size }, (_, index) => (index * 37) % 256)
      const total = tickets.reduce((sum, own) => sum + own, 0)
      expect(ByteSumTree.of(tickets)?.total).toBe(total)
    }
  })

  it('holds no list with more tickets than a byte', () => {
    for (const own of [256, 511, 2 ** 32 + 1]) {
      expect(ByteSumTree.of(Float64Array.of(1, 2, own, 3, 4))).toBeNull()
    }
  })

  it('finds the owner of each ticket after entries were struck by their indexes', () => {
    const tickets = Uint8Array.from({ length: 300 }, (_, index) => index % 5)
    for (let ticket = 0; ticket < 400; ticket += 7) {
      const tree = ByteSumTree.of(tickets)
      const left = [...tickets]
      for (let index = ticket % 3; index < 300; index += 9) {
        tree?.strike(index)
        left[index] = 0
      }
      let before = 0
      const owner = left.findIndex((own) => {
        before += own
        return ticket < before
      })
      expect(tree?.total).toBe(left.reduce((sum, own) => sum + own, 0))
      expect(tree?.strikeOwnerOf(ticket)).toBe(owner)
    }
  })
})
