import { describe, expect, it } from 'vitest'

import { tableProtocols } from '../../suites/claims/table-protocols.ts'

describe('all protocols of two processes that send one message each (FLP-01)', () => {
  it('are 20,736, of which none agrees, is valid and never blocks', () => {
    const count = { all: 0, agreement: 0, validity: 0, blocks: 0, none: 0, lasso: 0 }
    const only = { blocks: 0, agreement: 0 }
    for (const found of tableProtocols()) {
      const agreement = found.some((each) => each.agreement)
      const validity = found.some((each) => each.validity)
      const blocks = found.some((each) => each.blocks)
      count.all++
      count.agreement += Number(agreement)
      count.validity += Number(validity)
      count.blocks += Number(blocks)
      count.lasso += Number(found.some((each) => each.lasso))
      count.none += Number(!agreement && !validity && !blocks)
      only.blocks += Number(!agreement && !validity && blocks)
      only.agreement += Number(agreement && !validity && !blocks)
    }
    expect(count).toEqual({
      all: 20_736,
      agreement: 20_654,
      validity: 20_480,
      blocks: 16_640,
      none: 0,
      lasso: 0,
    })
    expect(only).toEqual({ blocks: 16, agreement: 16 })
  })
})
