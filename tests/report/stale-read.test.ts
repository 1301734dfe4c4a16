import { describe, expect, it } from 'vitest'
import { historyTimeline } from '../../src/report/history-timeline.ts'
import { timelineSvg } from '../../src/report/timeline-svg.ts'
import { timelineText } from '../../src/report/timeline-text.ts'
import { recording, staleRead } from './stale-read.ts'

const history = await recording('etcd-ser-partition')

describe.skipIf(history === undefined)('the stale read in the recording of etcd', () => {
  const picture = (limit: number) => {
    if (history === undefined) throw new Error('skipped')
    const title = 'etcd, reads without quorum: an answer 4.8 s older than an acknowledged write'
    return historyTimeline({ history, violation: staleRead(history), limit, around: 4, title })
  }

  // With -u this renews the picture in the documentation.
  it('is drawn as the documentation shows it', async () => {
    const file = '../../docs/pictures/stale-read.svg'
    await expect(timelineSvg(picture(10)).toString()).toMatchFileSnapshot(file)
  })

  it('is told in the terminal in a few lines', () => {
    expect(`\n${timelineText(picture(10), { width: 100 })}`).toMatchInlineSnapshot(`
      "
        client 28  [write 536]
        client 29                    [write 540]
        client 41                                . . . 4.8 s . . . [read -> 536]
                                                                   ^^^^^^^^^^^^^
        faults                       ~~~~~~~~~~~~~~~~~~~~~~~ partition: isolated n1, leader n3
                                 partition: isolated n2, leader n0 ~~~~~~~~~~~~
                   12.186 s          12.239 s                      17.007 s
      "
    `)
  })
})
