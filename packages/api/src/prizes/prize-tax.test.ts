import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_PRIZE_VALUE_WON, prizeTax } from './prize-tax.ts'

fc.configureGlobal({ seed: 20261126 })

const taxed = fc.integer({ min: 50_001, max: MAX_PRIZE_VALUE_WON })
const anyValue = fc.integer({ min: 0, max: MAX_PRIZE_VALUE_WON })
const taxOf = (valueWon: number, ownerPaysTax: boolean) => {
  const tax = prizeTax({ valueWon, ownerPaysTax })
  if (!tax) throw new Error(`${valueWon} won are not taxed`)
  return tax
}

test.each([
  [50_001, false, 10_000, 1_000],
  [100_000, false, 20_000, 2_000],
  [100_000, true, 25_640, 2_560],
  [1_000_000, false, 200_000, 20_000],
  [1_000_000, true, 256_410, 25_640],
  [999_999, false, 199_990, 19_990],
  [MAX_PRIZE_VALUE_WON, false, 200_000_000, 20_000_000],
  [MAX_PRIZE_VALUE_WON, true, 256_410_250, 25_641_020],
])('%d won, paid by the shop: %s, owe %d and %d won', (valueWon, ownerPaysTax, incomeTaxWon, localTaxWon) => {
  expect(taxOf(valueWon, ownerPaysTax)).toMatchObject({
    incomeTaxWon,
    localTaxWon,
    totalWon: incomeTaxWon + localTaxWon,
  })
})

test.each([null, 0, 1, 49_999, 50_000])(
  'a prize worth %j won is not taxed, for winner and shop',
  (valueWon) => {
    for (const ownerPaysTax of [false, true]) expect(prizeTax({ valueWon, ownerPaysTax })).toBeNull()
  },
)

test('a winner pays 22 % of the value, less the won that are not collected', () => {
  fc.assert(
    fc.property(taxed, (valueWon) => {
      const tax = taxOf(valueWon, false)
      expect(tax).toMatchObject({ paidBy: 'winner', incomeWon: valueWon })
      // Less than 10 won of the income tax, a tenth of that and less than 10 won of the local tax.
      expect(tax.totalWon).toBeLessThanOrEqual(valueWon * 0.22)
      expect(tax.totalWon).toBeGreaterThan(valueWon * 0.22 - 21)
    }),
  )
})

test('where the shop pays, 22 % of the income leave the winner the whole value', () => {
  fc.assert(
    fc.property(taxed, (valueWon) => {
      const tax = taxOf(valueWon, true)
      expect(tax.paidBy).toBe('shop')
      const left = tax.incomeWon - tax.totalWon
      expect(left).toBeGreaterThanOrEqual(valueWon - 1)
      expect(left).toBeLessThan(valueWon + 21)
      expect(tax.totalWon).toBeGreaterThan(taxOf(valueWon, false).totalWon)
    }),
  )
})

test('every amount is whole, each tax a multiple of ten, and more value never owes less', () => {
  fc.assert(
    fc.property(anyValue, anyValue, fc.boolean(), (one, other, ownerPaysTax) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)].map((valueWon) =>
        prizeTax({ valueWon, ownerPaysTax }),
      )
      for (const tax of [less, more]) {
        if (!tax) continue
        expect(Number.isSafeInteger(tax.incomeWon)).toBe(true)
        expect([tax.incomeTaxWon % 10, tax.localTaxWon % 10]).toEqual([0, 0])
        expect(tax.totalWon).toBe(tax.incomeTaxWon + tax.localTaxWon)
      }
      expect(less?.totalWon ?? 0).toBeLessThanOrEqual(more?.totalWon ?? 0)
    }),
  )
})
