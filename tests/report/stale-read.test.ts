import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { judge } from '../../checkers/judge.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { historyTimeline } from '../../src/report/history-timeline.ts'
import { timelineSvg } from '../../src/report/timeline-svg.ts'
import { timelineText } from '../../src/report/timeline-text.ts'

const name = 'etcd-ser-partition.jsonl'
const path = fileURLToPath(new URL(`../../examples/histories/${name}`, import.meta.url))
const history = await readHistory(path, { source: name })
const { evidence } = await judge(history, { condition: 'linearizable' })

describe('the stale read in the recording of etcd', () => {
  const picture = () => {
    const { violation } = evidence
    if (violation === undefined) throw new Error('the recording is not the one that was meant')
    const title = 'etcd, reads without quorum: an answer 4.7 s older than an acknowledged write'
    return historyTimeline({ history, violation, limit: 10, around: 4, title })
  }

  // With --update at the end of the command this renews the picture in the documentation.
  it('is drawn as the documentation shows it', async () => {
    const file = '../../docs/pictures/stale-read.svg'
    await expect(timelineSvg(picture()).toString()).toMatchFileSnapshot(file)
  })

  it('is told in the terminal in a few lines', () => {
    expect(evidence.sentence).toBe(
      'client 40 read 536, but 546 had been written and acknowledged 4.7 s before',
    )
    expect(`\n${timelineText(picture(), { width: 100 })}`).toMatchInlineSnapshot(`
      "
        client 28  [write 536]
        client 29                      [cas [540,546]]
        client 40                                      . . . 4.7 s . . . [read -> 536]
                                                                         ^^^^^^^^^^^^^
        faults                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ partition: isolated n1, leader n3
                                      partition: isolated n2, leader n0 ~~~~~~~~~~~~~
                   12.186 s            12.359 s                          17.058 s
      "
    `)
  })
})
