import type { Question } from './question.ts'

/** Rounds of improvement of the prices; any prices give a bound, so it need not converge. */
const ROUNDS = 200

/**
 * A value below which no read-write system on these nodes is, whatever it looks like.
 *
 * A read quorum and a write quorum have a node in common, so the probabilities r and w that nodes
 * are used have sum(r w) >= 1. With f r / a + (1 - f) w / b <= L at a node of capacities a and b
 * its r w is at most L^2 a b / (4 f (1 - f)), hence L >= 2 sqrt(f (1 - f) / sum(a b)): 1 / sqrt(n)
 * for alike nodes and f = 1/2, as in Naor & Wool (1998, section 4). Besides, read quorums are at
 * least as big as the write resilience demands, and write quorums as the read resilience does:
 * bounds by prices for the k cheapest nodes.
 */
export function leastPossible(question: Question): number {
  const { objective, resilience, reading, nodes } = question
  const part = reading.toNumber()
  const smallest = { read: resilience.write + 1, write: resilience.read + 1 }
  switch (objective) {
    case 'load':
      return Math.max(byMeeting(question), bySizes(question, smallest))
    case 'network':
      return part * smallest.read + (1 - part) * smallest.write
    case 'latency': {
      const latencies = nodes.map(({ latency }) => latency.toNumber()).sort((a, b) => a - b)
      const soonest = (size: number): number => latencies[size - 1] ?? 0
      return part * soonest(smallest.read) + (1 - part) * soonest(smallest.write)
    }
    case 'failure':
      return 0
  }
}

function byMeeting({ workload, nodes }: Question): number {
  const product = nodes.reduce(
    (sum, { readCapacity, writeCapacity }) => sum + readCapacity.times(writeCapacity).toNumber(),
    0,
  )
  return workload.reduce((sum, { fraction, weight }) => {
    const part = fraction.toNumber()
    return sum + weight.toNumber() * 2 * Math.sqrt((part * (1 - part)) / product)
  }, 0)
}

/** Weak duality with prices that are moved towards the nodes that are cheapest to use. */
function bySizes(
  { workload, nodes, size }: Question,
  smallest: { readonly read: number; readonly write: number },
): number {
  return workload.reduce((sum, { fraction, weight }) => {
    const part = fraction.toNumber()
    const read = nodes.map(({ readCapacity }) => part / readCapacity.toNumber())
    const write = nodes.map(({ writeCapacity }) => (1 - part) / writeCapacity.toNumber())
    let prices = normal(nodes.map((_, i) => 1 / (read[i]! + write[i]!)))
    let most = 0
    for (let round = 1; round <= ROUNDS; round++) {
      const used = new Float64Array(size)
      const cost =
        useOfCheapest(prices, read, smallest.read, used) +
        useOfCheapest(prices, write, smallest.write, used)
      most = Math.max(most, cost)
      // What the cheapest quorums use most is too cheap (multiplicative weights).
      const top = Math.max(...used)
      prices = normal(
        prices.map((price, i) => price * Math.exp(used[i]! / top / Math.sqrt(round) / 4)),
      )
    }
    return sum + weight.toNumber() * most
  }, 0)
}

function useOfCheapest(
  prices: readonly number[],
  use: readonly number[],
  count: number,
  used: Float64Array,
): number {
  const costs = prices.map((price, i) => ({ i, cost: price * use[i]! }))
  costs.sort((a, b) => a.cost - b.cost)
  let sum = 0
  for (const { i, cost } of costs.slice(0, count)) {
    sum += cost
    used[i]! += use[i]!
  }
  return sum
}

function normal(prices: readonly number[]): number[] {
  const total = prices.reduce((sum, price) => sum + price, 0)
  return prices.map((price) => price / total)
}
