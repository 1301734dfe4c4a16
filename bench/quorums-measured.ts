import { isWithin, measureQuorums } from '../suites/measured-quorums.ts'
import type { MeasuredShare } from '../suites/measured-quorums.ts'
import type { Row, Theme } from './row.ts'

const SYSTEMS = ['majority(n=5)', 'grid(rows=3,cols=3)', 'bgrid(d=2,h=2,r=2)', 'rowa(n=5)']
const OPERATIONS = 100_000

/** What is computed of quorum systems beside what ABD over them shows in simulations. */
export const quorumsMeasured: Theme = async (report) => {
  for (const text of SYSTEMS) {
    const { loads, failures } = await measureQuorums(text, { operations: OPERATIONS })
    const [first, ...others] = loads
    if (first === undefined) continue
    const busiest = others.reduce((most, one) => (one.measured > most.measured ? one : most), first)
    report(row(`${text}: load of the busiest node`, busiest, loads))
    report(row(`${text}: no quorum alive, p = 0.1`, failures, [failures]))
  }
}

function row(work: string, shown: MeasuredShare, all: readonly MeasuredShare[]): Row {
  const digits = (value: number) => value.toFixed(4)
  const outside = all.filter((share) => !isWithin(share))
  return {
    work,
    figure: shown.measured,
    unit: 'of 1',
    faults: outside.map(
      ({ of, measured, low, high }) =>
        `${of}: ${digits(measured)} is not between ${digits(low)} and ${digits(high)}`,
    ),
    note:
      `computed ${digits(shown.computed)}, within ${digits(shown.low)} to ` +
      `${digits(shown.high)}; ${OPERATIONS.toLocaleString('en-US')} operations of ABD`,
  }
}
